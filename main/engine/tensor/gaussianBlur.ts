import * as tf from '@tensorflow/tfjs-core'

/** Weights reach this many standard deviations to either side. */
const REACH = 3

/** `smoothed`, rounded to 8 bits: [N, H, W, C] in [0, 1]. The domain's `blurredLevels` has another rule at the edges and another reach. */
export function gaussianBlur(pictures: tf.Tensor4D, sigma: number): tf.Tensor4D {
  return tf.tidy(() => tf.div(tf.round(tf.mul(smoothed(pictures, sigma), 255)), 255))
}

/**
 * Gaussian blur of pictures [N, H, W, C], separable, cut at 3 σ or at what mirroring reaches, side − 1. Mirrored at the edges with
 * the edge pixel not repeated (… c b | a b c …).
 *
 * @param sigma in pixels, > 0
 */
export function smoothed(pictures: tf.Tensor4D, sigma: number): tf.Tensor4D {
  const [count, height, width, channels] = pictures.shape
  // mirrored, a picture reaches no further than to its other edge
  const radius = Math.min(Math.ceil(REACH * sigma), height - 1, width - 1)
  const raw = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-0.5 * ((i - radius) / sigma) ** 2))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  const weights = raw.map((weight) => weight / total)
  return tf.tidy(() => {
    const around: [number, number] = [radius, radius]
    const planes = tf.transpose(pictures, [0, 3, 1, 2])
    const grey: tf.Tensor4D = tf.reshape(planes, [count * channels, height, width, 1])
    const padded = tf.mirrorPad(grey, [[0, 0], around, around, [0, 0]], 'reflect')
    const rows = tf.conv2d(padded, tf.tensor4d(weights, [weights.length, 1, 1, 1]), 1, 'valid')
    const both = tf.conv2d(rows, tf.tensor4d(weights, [1, weights.length, 1, 1]), 1, 'valid')
    return tf.transpose(tf.reshape(both, [count, channels, height, width]), [0, 2, 3, 1])
  })
}
