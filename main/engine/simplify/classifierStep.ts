import * as tf from '@tensorflow/tfjs-core'
import { adamUpdate, type AdamConfig, type AdamState, type MomentCorrection } from '../optim'
import { unravel } from '../tensor'
import type { SimplifierBatch } from './compiledSteps'
import { withNoise } from './noise'
import { notes } from './notes'
import type { TrainedClassifier } from './trainedClassifier'

export interface ClassifierStepStart {
  readonly weights: tf.Tensor1D
  readonly adam: AdamState
  readonly rate: number
  readonly correction: MomentCorrection
}

export interface ClassifierStep {
  readonly stepped: { readonly weights: tf.Tensor1D; readonly state: AdamState }
  /** By `CLASSIFIER_FIGURES`. */
  readonly figures: tf.Tensor1D
}

/** Before the step: mean cross-entropy, nats, share of right decisions; the gradient's squared norm. */
export const CLASSIFIER_FIGURES = ['loss', 'accuracy', 'squares'] as const

/** One AdamW step on pictures as they are, under the noise and augmentation that simplified ones get. Reads no values; call within tf.tidy. */
export function classifierStep(
  classifier: TrainedClassifier & { readonly adam: AdamConfig; readonly decayed: tf.Tensor1D },
  { weights, adam: state, rate, correction }: ClassifierStepStart,
  { x, noise, labels, augment = (pictures: tf.Tensor4D) => pictures }: SimplifierBatch,
): ClassifierStep {
  const { adam, decayed, layout } = classifier
  const seen = augment(withNoise(x, noise))
  const noted = notes<{ logits: tf.Tensor2D }>()
  const mean = (vector: tf.Tensor) => {
    const logits = noted.keep('logits', classifier.logits(unravel(vector as tf.Tensor1D, layout), seen))
    return tf.mean(classifier.loss.each(logits, labels))
  }
  const { value, grad } = tf.valueAndGrad(mean)(weights)
  const gradient = grad as tf.Tensor1D
  const accuracy = classifier.loss.accuracy(noted.take().logits, labels)
  return {
    stepped: adamUpdate(adam, { weights, gradient, state, rate, decayed, correction }),
    figures: tf.stack([value, accuracy, tf.sum(tf.square(gradient))]) as tf.Tensor1D,
  }
}
