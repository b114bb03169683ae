import * as tf from '@tensorflow/tfjs-core'

/** Grey levels, row-major, as a picture [1, size, size, 1] in [0, 1]. */
export function toPicture(levels: Uint8Array, size: number): tf.Tensor4D {
  return tf.tidy(() => tf.div(tf.tensor4d(Float32Array.from(levels), [1, size, size, 1]), 255))
}

/** The grey levels of a quantised picture. */
export function toLevels(picture: tf.Tensor4D): Uint8Array {
  return Uint8Array.from(picture.dataSync(), (value) => Math.round(value * 255))
}

/**
 * The 8-bit picture of a point in flow range: level = floor(256·(g + 0.5)) within 0 … 255, x = level/255.
 * Floor and not round, because a picture with levels k became g in [k/256, (k + 1)/256) − 0.5. Straight-through: the
 * gradient is that of x = (g + 0.5)·256/255, so that a pixel outside [0, 1] can come back.
 */
export function quantise(g: tf.Tensor4D): tf.Tensor4D {
  const rounded = tf.customGrad((value) => {
    const levels = tf.floor(tf.mul(tf.add(value as tf.Tensor4D, 0.5), 256))
    return {
      value: tf.div(tf.clipByValue(levels, 0, 255), 255),
      gradFunc: (dy) => tf.mul(dy, 256 / 255),
    }
  })
  return rounded(g) as tf.Tensor4D
}
