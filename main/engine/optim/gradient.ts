import * as tf from '@tensorflow/tfjs-core'

/**
 * L2 norm of a gradient [length], read from the backend. NaN or infinite where an entry is or where a square overflows
 * float32; it never throws: a step with such a norm is skipped.
 */
export function gradientNorm(gradient: tf.Tensor1D): number {
  const squares = tf.tidy(() => tf.sum(tf.square(gradient)))
  const norm = Math.sqrt(squares.dataSync()[0] ?? NaN)
  squares.dispose()
  return norm
}

/**
 * The gradient shortened to an L2 norm of `limit` where it is longer: g·min(1, limit/norm).
 *
 * @param gradient [length]; stays the caller's
 * @param norm `gradientNorm` of it; where it is not finite the result is not to be used
 * @returns a new tensor [length], the caller's
 */
export function clipGradient(gradient: tf.Tensor1D, norm: number, limit: number): tf.Tensor1D {
  return tf.mul(gradient, norm > limit ? limit / norm : 1)
}
