import * as tf from '@tensorflow/tfjs-core'
import { withNoise } from '../flow'
import { adamUpdate, type AdamConfig, type AdamState, type MomentCorrection } from '../optim'
import { unravel } from '../tensor'
import type { SimplifierBatch } from './compiledSteps'
import { accuracyOf, exampleLosses } from './exampleLoss'
import { notes } from './notes'
import type { TrainedClassifier } from './trainedClassifier'

interface ClassifierStepStart {
  readonly weights: tf.Tensor1D
  readonly adam: AdamState
  readonly rate: number
  readonly correction: MomentCorrection
}

interface ClassifierStep {
  readonly stepped: { readonly weights: tf.Tensor1D; readonly state: AdamState }
  /** By `CLASSIFIER_FIGURES`. */
  readonly figures: tf.Tensor1D
}

/** Before the step: mean cross-entropy, nats, share of right decisions; the gradient's squared norm. */
export const CLASSIFIER_FIGURES = ['loss', 'accuracy', 'squares'] as const

/** One AdamW step on pictures as they are, under the noise that simplified ones get. Reads no values; call within tf.tidy. */
export function classifierStep(
  classifier: TrainedClassifier & { readonly adam: AdamConfig; readonly decayed: tf.Tensor1D },
  { weights, adam: state, rate, correction }: ClassifierStepStart,
  { x, noise, targets }: SimplifierBatch,
): ClassifierStep {
  const { adam, decayed, layout } = classifier
  const seen = withNoise(x, noise)
  const noted = notes<{ logits: tf.Tensor2D }>()
  const mean = (vector: tf.Tensor) => {
    const logits = noted.keep('logits', classifier.logits(unravel(vector as tf.Tensor1D, layout), seen))
    return tf.mean(exampleLosses(logits, targets))
  }
  const { value, grad } = tf.valueAndGrad(mean)(weights)
  const gradient = grad as tf.Tensor1D
  const accuracy = accuracyOf(noted.take().logits, targets)
  return {
    stepped: adamUpdate(adam, { weights, gradient, state, rate, decayed, correction }),
    figures: tf.stack([value, accuracy, tf.sum(tf.square(gradient))]) as tf.Tensor1D,
  }
}
