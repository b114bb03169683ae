import * as tf from '@tensorflow/tfjs-core'

/** Grey levels, row-major, as a picture [1, size, size, 1] in [0, 1]. */
export function toPicture(levels: Uint8Array, size: number): tf.Tensor4D {
  return tf.tidy(() => tf.div(tf.tensor4d(Float32Array.from(levels), [1, size, size, 1]), 255))
}

/** The grey levels of a quantised picture. */
export function toLevels(picture: tf.Tensor4D): Uint8Array {
  return Uint8Array.from(picture.dataSync(), (value) => Math.round(value * 255))
}
