import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../network'

/** A yes/no network's one logit as the two-class logits [0, logit]; more columns stay as they are. */
export function classLogits(logits: tf.Tensor2D): tf.Tensor2D {
  return logits.shape[1] === 1 ? tf.concat2d([tf.zerosLike(logits), logits], 1) : logits
}

/** Index of the class decided for [N], int32; a yes/no network says yes at and above its boundary. */
export function predictedClass(network: AuditedNetwork, logits: tf.Tensor2D): tf.Tensor1D {
  const shifted = logits.shape[1] === 2 ? tf.sub(logits, tf.tensor1d([0, network.boundary])) : logits
  return tf.argMax(shifted, 1)
}

/** KL(softmax(reference) ‖ softmax(other)) of each example, nats [N]; differentiable in both. */
export function klOfLogits(reference: tf.Tensor2D, other: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const logP = tf.logSoftmax(reference)
    return tf.sum(tf.mul(tf.exp(logP), tf.sub(logP, tf.logSoftmax(other))), 1)
  })
}
