import * as tf from '@tensorflow/tfjs-core'

/**
 * Weights of a one-dimensional resampling [to, from]: the triangle filter between pixel centres, widened by from/to where it
 * reduces (what Pillow calls BILINEAR and TensorFlow `resize(…, antialias=True)`). Rows sum to 1.
 */
export function resampling(from: number, to: number): Float32Array {
  const scale = from / to
  const support = Math.max(1, scale)
  const weights = new Float32Array(to * from)
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale
    let sum = 0
    for (let j = 0; j < from; j++) {
      const weight = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support)
      weights[i * from + j] = weight
      sum += weight
    }
    for (let j = 0; j < from; j++) weights[i * from + j] = (weights[i * from + j] ?? 0) / sum
  }
  return weights
}

/**
 * Pictures of another size. Two matrix products, so differentiable on every backend (the backends' own resize operations
 * differ in what their gradients support).
 *
 * @param x [N, H, W, 1]
 * @returns [N, to.height, to.width, 1]
 */
export function resample(x: tf.Tensor4D, to: { readonly height: number; readonly width: number }): tf.Tensor4D {
  const [n, height, width] = x.shape
  if (height === to.height && width === to.width) return x
  return tf.tidy(() => {
    const across = tf.tensor2d(resampling(width, to.width), [to.width, width])
    const down = tf.tensor2d(resampling(height, to.height), [to.height, height])
    const rows = tf.matMul(tf.reshape(x, [n * height, width]), across, false, true)
    const turned = tf.transpose(tf.reshape(rows, [n, height, to.width]), [0, 2, 1])
    const columns = tf.matMul(tf.reshape(turned, [n * to.width, height]), down, false, true)
    const upright = tf.transpose(tf.reshape(columns, [n, to.width, to.height]), [0, 2, 1])
    return tf.reshape(upright, [n, to.height, to.width, 1])
  })
}
