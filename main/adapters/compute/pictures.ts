import type * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError } from '../../../contract'
import { picturesOfLevels } from '../../engine/tensor'

/** Pictures that go through the network at once: more gain nothing on two cores and cost memory. */
const BATCH = 16

/** Start and length of each batch of `count` pictures. */
export function batches(count: number): { start: number; length: number }[] {
  return Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => ({
    start: i * BATCH,
    length: Math.min(BATCH, count - i * BATCH),
  }))
}

/** A range of 8-bit levels, picture after picture, as a tensor [length, size, size, 1] in [0, 1]; the caller disposes. */
export function toPictures(levels: Uint8Array, size: number, range: { start: number; length: number }): tf.Tensor4D {
  const { start, length } = range
  return picturesOfLevels(levels.subarray(start * size * size, (start + length) * size * size), size, length)
}

/** @throws SimpleBitsError BAD_REQUEST where the levels are not `count` square pictures */
export function checkPictures(levels: Uint8Array, count: number, size: number): void {
  if (levels.length !== count * size * size)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `Expected ${count} pictures of ${size} × ${size} levels, got ${levels.length} levels.`,
    )
}
