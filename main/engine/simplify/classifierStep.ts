import * as tf from '@tensorflow/tfjs-core'
import { adamUpdate, gradientNorm, type AdamConfig, type AdamState } from '../optim'
import { unravel } from '../tensor'
import type { Labels } from './exampleLoss'
import { withNoise } from './noise'
import { readScalars } from './report'
import type { TrainedClassifier } from './trainedClassifier'

export interface ClassifierStepStart {
  readonly weights: tf.Tensor1D
  readonly adam: AdamState
  readonly rate: number
}

/**
 * One AdamW step on pictures as they are, under the noise and augmentation that simplified ones get.
 *
 * @returns new weights and moments, the caller's; null where the gradient is not finite
 */
export function classifierStep(
  classifier: TrainedClassifier & { readonly adam: AdamConfig; readonly decayed: tf.Tensor1D },
  start: ClassifierStepStart,
  batch: {
    readonly x: tf.Tensor4D
    readonly noise: tf.Tensor4D
    readonly labels: Labels
    readonly augment?: (pictures: tf.Tensor4D) => tf.Tensor4D
  },
): { moved: { weights: tf.Tensor1D; state: AdamState } | null; loss: number; accuracy: number } {
  const { adam, decayed, layout, loss } = classifier
  const { augment = (pictures: tf.Tensor4D) => pictures, labels } = batch
  let figures = { loss: NaN, accuracy: NaN }
  const gradient = tf.tidy(() => {
    const seen = augment(withNoise(batch.x, batch.noise))
    const mean = (weights: tf.Tensor) => {
      const logits = classifier.logits(unravel(weights as tf.Tensor1D, layout), seen)
      const value = tf.mean(loss.each(logits, labels))
      figures = readScalars({ loss: value, accuracy: loss.accuracy(logits, labels) })
      return value
    }
    return tf.grad(mean)(start.weights) as tf.Tensor1D
  })
  const finite = Number.isFinite(gradientNorm(gradient))
  const { weights, adam: state, rate } = start
  const moved = finite ? adamUpdate(adam, { weights, gradient, state, rate, decayed }) : null
  gradient.dispose()
  return { moved, ...figures }
}
