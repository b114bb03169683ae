import * as tf from '@tensorflow/tfjs-core'

const EPSILON = 1e-5

/**
 * Scaled weight standardisation (Brock et al. 2021): W' = gain · (W − mean) / (std + 1e-5) / √fan_in,
 * mean and biased std per output channel over [height, width, in].
 *
 * @param weight [height, width, in, out]
 * @param gain [out]
 */
export function standardise(weight: tf.Tensor, gain: tf.Tensor): tf.Tensor4D {
  return tf.tidy(() => {
    const [height = 1, width = 1, inputs = 1] = weight.shape
    const centred = tf.sub(weight, tf.mean(weight, [0, 1, 2], true))
    const std = tf.sqrt(tf.mean(tf.square(centred), [0, 1, 2], true))
    const scale = tf.div(
      tf.reshape(gain, [1, 1, 1, -1]),
      tf.mul(tf.add(std, EPSILON), Math.sqrt(height * width * inputs)),
    )
    return tf.mul(centred, scale) as tf.Tensor4D
  })
}
