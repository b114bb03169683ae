import * as tf from '@tensorflow/tfjs-core'

/** Grey levels, row-major, size × size, as a picture [1, size, size, 1] in [0, 1]: level/255. The caller disposes. */
export function toPicture(levels: Uint8Array, size: number): tf.Tensor4D {
  return picturesOfLevels(levels, size, 1)
}

/**
 * The same for `count` pictures, one after the other: [count, size, size, 1].
 * @throws Error where there are not count · size² levels
 */
export function picturesOfLevels(levels: Uint8Array, size: number, count: number): tf.Tensor4D {
  return tf.tidy(() => tf.div(tf.tensor4d(Float32Array.from(levels), [count, size, size, 1]), 255))
}

/** Values in [0, 1] as 8-bit levels, in their order: round(255·x). Of pictures that are 8-bit already (`roundToLevels`) their own. */
export function toLevels(values: tf.Tensor): Uint8Array {
  // not Uint8Array.from with a function: it takes six times as long
  return new Uint8Array(values.dataSync<'float32'>().map((value) => Math.round(value * 255)))
}
