import * as tf from '@tensorflow/tfjs-core'

/** One unit of the flow's range, in pixels. */
const PIXELS_PER_FLOW_UNIT = 256 / 255

/** What a classifier sees where the flow sees x·255/256 − ½ + noise: x + noise·256/255. */
export function withNoise(x: tf.Tensor4D, noise: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => tf.add(x, tf.mul(noise, PIXELS_PER_FLOW_UNIT)))
}
