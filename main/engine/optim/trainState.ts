import * as tf from '@tensorflow/tfjs-core'
import { adamDispose, adamInit, type AdamState } from './adam'

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

export function disposeTrainState(state: TrainState): void {
  tf.dispose([state.weights, state.average])
  adamDispose(state.adam)
}
