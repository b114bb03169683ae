import type { Pressure } from './price'

/** How simplifier and classifier are trained together. */
export interface SimplifierSettings {
  /** λ, the weight of the price beside the classification terms. */
  readonly lambda: number
  /** Joint steps over which λ rises linearly to its value; 0: at once. */
  readonly lambdaWarmUp: number
  /** Classifier steps on the pictures as they are, before the simplifier moves; a cold start keeps the gate shut for long. */
  readonly identitySteps: number
  /** τ of the gate, nats: a price is paid while the original's loss is below it. */
  readonly tau: number
  /** w_o, the weight of the original's loss after the step. */
  readonly originalWeight: number
  readonly pressure: Pressure
  readonly classifierRate: number
  /** Decoupled weight decay of the classifier's kernels. */
  readonly classifierDecay: number
  readonly simplifierRate: number
  /** L2 penalty of the simplifier, added to its gradient. */
  readonly simplifierDecay: number
  /** Of the exponential moving averages of both weights; 0: none. */
  readonly averageDecay: number
}

/** Schirrmeister et al. 2022; λ there is 0 to 2 (0 to 4 for radiographs), w_o 1 to 10. No warm start, no averages. */
export const PUBLISHED_SETTINGS: SimplifierSettings = {
  lambda: 1,
  lambdaWarmUp: 0,
  identitySteps: 0,
  tau: 0.1,
  originalWeight: 1,
  pressure: 'bits',
  classifierRate: 5e-4,
  classifierDecay: 1e-5,
  simplifierRate: 5e-4,
  simplifierDecay: 5e-5,
  averageDecay: 0,
}

/** λ of a joint step, counted from 0. */
export function lambdaAt({ lambda, lambdaWarmUp }: SimplifierSettings, step: number): number {
  return step < lambdaWarmUp ? (lambda * (step + 1)) / lambdaWarmUp : lambda
}
