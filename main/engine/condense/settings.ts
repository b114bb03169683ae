/** How a condensation runs. Loss = 10/(1 + w)·classes·Σ distance + 2w/(1 + w)·mean bpd, w = `bitsWeight`. */
export interface CondenseSettings {
  /** Synthetic pictures a class (ipc). */
  readonly perClass: number
  /** Matching steps on one network, which is trained on the synthetic pictures between them. */
  readonly outerSteps: number
  /** Training steps of the network between two matching steps. */
  readonly innerSteps: number
  /** Fresh networks in all. */
  readonly iterations: number
  readonly bitsWeight: number
  /** Real pictures of a class whose gradient is matched. */
  readonly realBatch: number
  /** Real pictures that go through the network at once: few keep the activations in the processor's cache. */
  readonly realChunk: number
  /** Adam on the synthetic pictures. Its rate falls along half a cosine to `floor` times its start; 1: it stays. */
  readonly pictures: { readonly rate: number; readonly floor: number; readonly beta1: number; readonly beta2: number }
  /** Momentum descent of the network between matching steps. */
  readonly network: { readonly rate: number; readonly momentum: number }
  /** Where the pictures start: 0.2·N(0, 1) before the sigmoid, or real pictures of the class. */
  readonly start: 'noise' | 'real'
  readonly seed: number
}

/** The authors' values for 1 or 10 pictures a class, the weight of the bits excepted: they sweep it from 0 to 10⁶. */
export function authorsCondensing(perClass: 1 | 10): CondenseSettings {
  return {
    perClass,
    outerSteps: perClass === 1 ? 1 : 10,
    innerSteps: perClass === 1 ? 1 : 50,
    iterations: 1000,
    bitsWeight: 0,
    realBatch: 256,
    realChunk: 16,
    pictures: { rate: 0.1, floor: 1, beta1: 0.5, beta2: 0.99 },
    network: { rate: 0.01, momentum: 0.5 },
    start: 'noise',
    seed: 0,
  }
}

/** How condensed pictures are judged: fresh networks trained on them alone. */
export interface EvaluateSettings {
  readonly networks: number
  readonly epochs: number
  readonly batch: number
  /** A tenth of it after half of the epochs. */
  readonly rate: number
  readonly momentum: number
  readonly weightDecay: number
  readonly seed: number
}

/** The authors' values. */
export const AUTHORS_EVALUATION: EvaluateSettings = {
  networks: 5,
  epochs: 300,
  batch: 256,
  rate: 0.01,
  momentum: 0.9,
  weightDecay: 5e-4,
  seed: 0,
}
