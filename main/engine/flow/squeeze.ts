import * as tf from '@tensorflow/tfjs-core'

/**
 * Squeeze 2×2: [N, H, W, C] → [N, H/2, W/2, 4C]; channel `4·c + 2·dy + dx` holds pixel (2i+dy, 2j+dx) of channel c.
 * The old channel is the slow index (Glow's reference), unlike TensorFlow's space-to-depth. Log-determinant 0.
 */
export function squeeze(x: tf.Tensor4D): tf.Tensor4D {
  const [n, h, w, c] = x.shape
  return tf.tidy(() => {
    const split = tf.reshape(x, [n, h / 2, 2, w / 2, 2, c])
    return tf.reshape(tf.transpose(split, [0, 1, 3, 5, 2, 4]), [n, h / 2, w / 2, 4 * c])
  })
}

/** The inverse of `squeeze`. */
export function unsqueeze(y: tf.Tensor4D): tf.Tensor4D {
  const [n, h, w, c] = y.shape
  return tf.tidy(() => {
    const split = tf.reshape(y, [n, h, w, c / 4, 2, 2])
    return tf.reshape(tf.transpose(split, [0, 1, 4, 2, 5, 3]), [n, 2 * h, 2 * w, c / 4])
  })
}
