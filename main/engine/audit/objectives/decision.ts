import * as tf from '@tensorflow/tfjs-core'

/** A yes/no network's one logit as the two-class logits [0, logit]; more columns stay as they are. */
export function classLogits(logits: tf.Tensor2D): tf.Tensor2D {
  return logits.shape[1] === 1 ? tf.concat2d([tf.zerosLike(logits), logits], 1) : logits
}

/** KL(softmax(reference) ‖ softmax(other)) of each example, nats [N]; differentiable in both. */
export function klOfLogits(reference: tf.Tensor2D, other: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const logP = tf.logSoftmax(reference)
    return tf.sum(tf.mul(tf.exp(logP), tf.sub(logP, tf.logSoftmax(other))), 1)
  })
}
