import * as tf from '@tensorflow/tfjs-core'

/**
 * Σ relu(|x − 0.5| − 0.5)² over all values of each picture [N]: how far it leaves [0, 1]. Of the published objective, for the
 * golden vectors: the product's pictures are rounded to levels and cannot leave it.
 */
export function outOfRange(pictures: tf.Tensor4D): tf.Tensor1D {
  const outside = tf.relu(tf.sub(tf.abs(tf.sub(pictures, 0.5)), 0.5))
  return tf.sum(tf.square(outside), [1, 2, 3])
}
