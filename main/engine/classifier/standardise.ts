import * as tf from '@tensorflow/tfjs-core'

const EPSILON = 1e-5
/** Keeps the backward pass finite for a channel of equal weights, where the derivative of the std does not exist. */
const TINY = 1e-12

/**
 * Scaled weight standardisation (Brock et al. 2021): W' = gain · (W − mean) / (std + 1e-5) / √fan_in,
 * mean and biased std per output channel over [height, width, in].
 *
 * The gradient is written by hand (a third of the operations of autodiff; a test holds the two together). With n = fan_in,
 * c = W − mean, k = gain / ((std + ε)·√n) and q = Σ dW'·c:
 * dW = k·(dW' − mean dW') − c·q·k / (n·std·(std + ε)), d gain = q / ((std + ε)·√n).
 *
 * @param weight [height, width, in, out]
 * @param gain [out]
 */
export function standardise(weight: tf.Tensor, gain: tf.Tensor): tf.Tensor4D {
  const shape = weight.shape as [number, number, number, number]
  const fan = shape[0] * shape[1] * shape[2]
  return tf.tidy(() => tf.reshape(standardiseRows(tf.reshape(weight, [fan, shape[3]]), gain), shape))
}

/** The same for weights [fan, out]. */
const standardiseRows = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
  const [weight, gain, save] = inputs as [tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc]
  const [fan] = weight.shape
  const centred = tf.sub(weight, tf.mean(weight, 0, true))
  const std = tf.sqrt(tf.mean(tf.square(centred), 0))
  const scale = tf.div(1 / Math.sqrt(fan), tf.add(std, EPSILON))
  const factor = tf.mul(gain, scale)
  save([centred, std, scale, factor])
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
    const [c, s, r, k] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
    const q = tf.sum(tf.mul(dy, c), 0)
    const pull = tf.div(tf.mul(q, tf.mul(k, r)), tf.maximum(tf.mul(s, Math.sqrt(fan)), TINY))
    const level = tf.mean(dy, 0, true)
    return [tf.sub(tf.mul(tf.sub(dy, level), k), tf.mul(c, pull)), tf.mul(q, r)]
  }
  return { value: tf.mul(centred, factor), gradFunc }
})
