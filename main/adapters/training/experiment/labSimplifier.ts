import * as tf from '@tensorflow/tfjs-core'
import { simplifierNet, type SimplifierNet } from '../../../engine/simplify'
import { isGrey, type PictureSet } from '../../experimentData'

/**
 * The simplifier that the lab trains on these pictures. Grey ones in three channels get one that works on their one channel and repeats it:
 * three that move on their own would leave grey, which costs bits at every pixel.
 */
export function labSimplifier(set: PictureSet, width: number): SimplifierNet {
  const { size, channels } = set
  if (channels === 1 || !isGrey(set)) return simplifierNet({ size, channels, width })
  const inner = simplifierNet({ size, channels: 1, width })
  return {
    config: { size, channels, width },
    init: inner.init,
    apply: (params, x) =>
      tf.tidy(() => {
        const simple = inner.apply(params, tf.slice4d(x, [0, 0, 0, 0], [-1, -1, -1, 1]))
        return tf.concat4d([simple, simple, simple], 3)
      }),
  }
}
