import * as tf from '@tensorflow/tfjs-core'
import type { JpegRoundTrip } from '../audit'
import { gaussianBlur, roundToLevels, type Params } from '../tensor'
import type { SimplifierNet } from './simplifierNet'

/** Gives the simplified pictures X̃ of pictures X: what was trained for it, and the baselines it is compared with. */
export interface Simplification {
  readonly name: string
  /**
   * @param x pictures [N, H, W, C] in [0, 1]
   * @returns 8-bit pictures of the same shape; the caller disposes
   */
  simplify(x: tf.Tensor4D): tf.Tensor4D
}

/** @param sigma standard deviation in pixels, > 0 */
export function blurred(sigma: number): Simplification {
  return { name: `blur, σ ${sigma}`, simplify: (x) => gaussianBlur(x, sigma) }
}

/**
 * JPEG there and back, each channel as a grey picture of its own.
 *
 * @param quality 1 … 100
 */
export function jpegCoded(quality: number, roundTrip: JpegRoundTrip): Simplification {
  return {
    name: `JPEG, quality ${quality}`,
    simplify: (x) =>
      tf.tidy(() => {
        const [count, height, width, channels] = x.shape
        const planes = tf.transpose(x, [0, 3, 1, 2]).dataSync()
        const coded = new Float32Array(planes.length)
        for (let start = 0; start < planes.length; start += height * width) {
          const levels = Uint8Array.from(planes.subarray(start, start + height * width), (v) => Math.round(255 * v))
          coded.set(
            Array.from(roundTrip(levels, quality), (level) => level / 255),
            start,
          )
        }
        return tf.transpose(tf.tensor4d(coded, [count, channels, height, width]), [0, 2, 3, 1])
      }),
  }
}

/** A trained simplifier. The weights stay the caller's. */
export function learned(net: SimplifierNet, params: Params): Simplification {
  return { name: 'learned', simplify: (x) => tf.tidy(() => roundToLevels(net.apply(params, x))) }
}
