import * as tf from '@tensorflow/tfjs-core'

/**
 * 1 where the distance [N] is below the threshold, else 0, a constant: bits are pressed only while the match is good. Of the
 * published objective, for the golden vectors: the product's search has a growing pressure in its place.
 */
export function hardGate(distance: tf.Tensor1D, threshold: number): tf.Tensor1D {
  const gate = tf.customGrad((d) => ({
    value: tf.cast(tf.less(d as tf.Tensor1D, threshold), 'float32'),
    gradFunc: (dy) => tf.zerosLike(dy),
  }))
  return gate(distance) as tf.Tensor1D
}
