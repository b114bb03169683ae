import type * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../network'

/** How near the network's processing of a counterpart is to its processing of the film. All differentiable. */
export interface Match {
  /** Class logits of the counterpart [N, classes ≥ 2]. */
  readonly logits: tf.Tensor2D
  /**
   * Matching distance of each example [N], not below 0. The film itself need not lie at 0: the activation match compares
   * with the film's positive contributions alone, and a film has negative ones too.
   */
  readonly distance: tf.Tensor1D
  /** Distance of each part (layer or weight tensor) [N, parts], in the order of `Matcher.parts`. */
  readonly partDistances: tf.Tensor2D
  /** KL(f(x) ‖ f(x̃)) of the decision, nats [N]. */
  readonly kl: tf.Tensor1D
  /** What the search minimises beside bits [N]. */
  readonly task: tf.Tensor1D
}

/** A film, made ready: everything that depends on the film alone is computed once. */
export interface Matcher {
  readonly parts: readonly string[]
  /** What `compareTo` computes, beside network and tensors: objective and settings. */
  readonly identity: string
  /**
   * @param simple pictures [N, H, W, C] in [0, 1], as many as the film given to `prepare` (or any number where that was one)
   * @param draw a uniform number in [0, 1) for objectives that draw something anew each step
   */
  compare(simple: tf.Tensor4D, draw: number): Match
  /** All tensors that hold what this film says at that draw; they stay the matcher's. */
  held(draw: number): readonly tf.Tensor[]
  /** The same from `held`, perhaps another matcher's of this identity: nothing else in it depends on the film. */
  compareTo(simple: tf.Tensor4D, held: readonly tf.Tensor[]): Match
  dispose(): void
}

export interface MatchingObjective {
  readonly name: 'activation' | 'gradient'
  /** @param film pictures [N, H, W, C] in [0, 1]; the caller disposes the matcher */
  prepare(network: AuditedNetwork, film: tf.Tensor4D): Matcher
}
