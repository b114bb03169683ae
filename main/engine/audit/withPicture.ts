import type * as tf from '@tensorflow/tfjs-core'
import { toPicture } from '../tensor'

/**
 * What `use` finds out about a picture [1, size, size, 1], which lives no longer than that.
 *
 * @param levels grey levels, row-major, size × size
 */
export function withPicture<T>(size: number, levels: Uint8Array, use: (picture: tf.Tensor4D) => T): T {
  const picture = toPicture(levels, size)
  try {
    return use(picture)
  } finally {
    picture.dispose()
  }
}
