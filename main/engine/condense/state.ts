import * as tf from '@tensorflow/tfjs-core'
import { ADAMW, adamDispose, adamInit, adamUpdate, gradientNorm, type AdamState } from '../optim'

/** Everything that a checkpoint of a condensation holds. */
export interface CondenseState {
  /** Logits of all synthetic pixels. */
  readonly alpha: tf.Tensor1D
  readonly adam: AdamState
  /** Iterations done. */
  readonly iteration: number
  /** Outer steps left out because their gradient was not finite. */
  readonly skipped: number
}

/** The state before the first step; takes over `alpha`. */
export function firstCondenseState(alpha: tf.Tensor1D): CondenseState {
  return { alpha, adam: adamInit(alpha.size), iteration: 0, skipped: 0 }
}

/** One step of Adam on α; the old tensors are disposed. A gradient that is not finite changes nothing and is counted. */
export function nextCondenseState(
  state: CondenseState,
  gradient: tf.Tensor1D,
  { rate, beta1, beta2 }: { rate: number; beta1: number; beta2: number },
): CondenseState {
  if (!Number.isFinite(gradientNorm(gradient))) return { ...state, skipped: state.skipped + 1 }
  const next = adamUpdate(
    { ...ADAMW, beta1, beta2, weightDecay: 0 },
    { weights: state.alpha, gradient, state: state.adam, rate },
  )
  disposeCondenseState(state)
  return { ...state, alpha: next.weights, adam: next.state }
}

export function disposeCondenseState(state: CondenseState): void {
  state.alpha.dispose()
  adamDispose(state.adam)
}
