import * as tf from '@tensorflow/tfjs-core'

/**
 * Mean cross-entropy −Σ target·log softmax(logits).
 *
 * @param logits [batch, classes]
 * @param targets probabilities [batch, classes]
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))) as tf.Scalar)
}

/**
 * Binary cross-entropy of independent heads, Σ weight·(softplus(logit) − target·logit) / Σ weight.
 *
 * @param logits [batch, heads]
 * @param targets probabilities [batch, heads]
 * @param weights [batch, heads]; 0 where the truth is unknown
 */
export function sigmoidCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D, weights: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const losses = tf.sub(tf.softplus(logits), tf.mul(targets, logits))
    return tf.div(tf.sum(tf.mul(losses, weights)), tf.maximum(tf.sum(weights), 1e-6)) as tf.Scalar
  })
}
