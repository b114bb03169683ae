import * as tf from '@tensorflow/tfjs-core'

/**
 * Cross-entropy of each example [N], nats: −Σ target·log softmax(logits). The gate of the bits needs each one's own. Its gradient is
 * written by hand, so that it may be differentiated once more: the library's own reuse their outputs and end after one derivative.
 *
 * @param targets probabilities [N, classes]
 */
export function exampleLosses(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  const operation = tf.customGrad((given, save) => {
    const own = given as tf.Tensor2D
    ;(save as tf.GradSaveFunc)([own])
    return {
      value: tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(own)), 1)),
      gradFunc: (dy, saved) => {
        const slope = tf.sub(tf.mul(tf.softmax(saved[0] as tf.Tensor2D), tf.sum(targets, 1, true)), targets)
        return tf.mul(tf.expandDims(dy as tf.Tensor1D, 1), slope)
      },
    }
  })
  return operation(logits) as tf.Tensor1D
}

/** Share of examples whose class is decided right. */
export function accuracyOf(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.cast(tf.equal(tf.argMax(logits, 1), tf.argMax(targets, 1)), 'float32')) as tf.Scalar)
}
