import * as tf from '@tensorflow/tfjs-core'
import { adamDispose, adamInit, type AdamState } from './adam'
import { emaUpdate } from './ema'

/** Everything that a checkpoint of a training holds, as vectors over the trainable weights. */
export interface TrainState {
  readonly weights: tf.Tensor1D
  /** Exponential moving average of the weights: what is shipped. */
  readonly average: tf.Tensor1D
  readonly adam: AdamState
  /** Steps done, skipped ones included. */
  readonly step: number
  /** Steps left out because their gradient was not finite. */
  readonly skipped: number
}

/** The state before the first step; takes over `weights`. */
export function firstTrainState(weights: tf.Tensor1D): TrainState {
  return { weights, average: tf.clone(weights), adam: adamInit(weights.size), step: 0, skipped: 0 }
}

/**
 * The state after one more step; what it replaces is disposed, `moved` is taken over. Without new weights (a gradient was
 * not finite) nothing changes and the step is counted as skipped.
 */
export function nextTrainState(
  state: TrainState,
  moved: { weights: tf.Tensor1D; state: AdamState } | null,
  averageDecay: number,
): TrainState {
  const step = state.step + 1
  if (!moved) return { ...state, step, skipped: state.skipped + 1 }
  const average = emaUpdate(state.average, moved.weights, { decay: averageDecay, steps: state.step })
  disposeTrainState(state)
  return { weights: moved.weights, average, adam: moved.state, step, skipped: state.skipped }
}

export function disposeTrainState(state: TrainState): void {
  tf.dispose([state.weights, state.average])
  adamDispose(state.adam)
}
