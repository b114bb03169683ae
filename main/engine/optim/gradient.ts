import * as tf from '@tensorflow/tfjs-core'

/** L2 norm of a gradient; NaN or infinite where any entry is: the step is then skipped. */
export function gradientNorm(gradient: tf.Tensor1D): number {
  const squares = tf.tidy(() => tf.sum(tf.square(gradient)))
  const norm = Math.sqrt(squares.dataSync()[0] ?? NaN)
  squares.dispose()
  return norm
}

/** The gradient shortened to `limit` where its norm is larger; a new tensor. */
export function clipGradient(gradient: tf.Tensor1D, norm: number, limit: number): tf.Tensor1D {
  return tf.mul(gradient, norm > limit ? limit / norm : 1)
}
