import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../network'
import { classLogits, predictedClass } from './decision'

interface InputGradients {
  /** Class logits [N, classes ≥ 2]. */
  readonly logits: tf.Tensor2D
  /** What enters each layer, in the order of `network.layers`. */
  readonly inputs: readonly tf.Tensor[]
  /** Gradient at each of these inputs, per example (not divided by N). */
  readonly gradients: readonly tf.Tensor[]
}

/**
 * Gradients at the layers' inputs of ⟨upstream, logits⟩, upstream = onehot(predicted) − (softmax + 1/classes)/2 held constant:
 * what speaks for the predicted class.
 *
 * @param film [N, H, W, C] in [0, 1]
 * @param relu the rectifier where its derivative is to be another one than the step
 */
export function inputGradients(
  network: AuditedNetwork,
  film: tf.Tensor4D,
  relu?: (x: tf.Tensor) => tf.Tensor,
): InputGradients {
  const options = relu ? { relu } : {}
  const { inputs, logits: raw } = network.run(film, options)
  const logits = classLogits(raw)
  const classes = logits.shape[1]
  const predicted = tf.oneHot(predictedClass(network, logits), classes)
  const upstream = tf.sub(predicted, tf.mul(tf.add(tf.softmax(logits), 1 / classes), 0.5))
  const score = (...offsets: tf.Tensor[]) => {
    const run = network.run(film, { ...options, offsets })
    return tf.sum(tf.mul(classLogits(run.logits), upstream))
  }
  const gradients = tf.grads(score)(inputs.map((input) => tf.zerosLike(input)))
  return { logits, inputs, gradients }
}
