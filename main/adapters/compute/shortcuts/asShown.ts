import { averagedMap, MODEL_SIZE } from '../../../../contract'
import { SIGN_SIDE } from './signs'

const TIMES = MODEL_SIZE / SIGN_SIDE

/**
 * A map that books pixel by pixel (bits, gradients) averaged over neighbours as the product shows its bit maps, in proportion to
 * the smaller picture: each pixel enlarged, averaged, and the mean of its parts taken. Judged like this, such a map does not
 * lose to one that is smooth by its making.
 */
export function asShown(map: Float32Array): Float32Array {
  const large = Float32Array.from({ length: MODEL_SIZE ** 2 }, (_, i) => map[smallIndex(i)] ?? 0)
  const small = new Float32Array(map.length)
  averagedMap(large).forEach((value, i) => (small[smallIndex(i)] = (small[smallIndex(i)] ?? 0) + value / TIMES ** 2))
  return small
}

/** Index in the small picture of a pixel of the large one. */
function smallIndex(index: number): number {
  const [x, y] = [index % MODEL_SIZE, Math.floor(index / MODEL_SIZE)]
  return Math.floor(y / TIMES) * SIGN_SIDE + Math.floor(x / TIMES)
}
