import type * as tf from '@tensorflow/tfjs-core'

/**
 * How far a graph's outputs may lie from what its function gave, ‖graph − eager‖/‖eager‖ of each output. Rounding alone
 * gives 1e-6; where rounding decides the grey levels of pixels, a gradient may move by some thousandths and, on a film
 * that lies badly, hundredths. A graph that computes something else is off by its whole size.
 */
const LIMIT = 0.1

/** What does not agree, in words; null where all does. Reads both. */
export function disagreement(eager: readonly tf.Tensor[], graph: readonly tf.Tensor[]): string | null {
  if (eager.length !== graph.length) return `${graph.length} outputs instead of ${eager.length}`
  for (const [i, expected] of eager.entries()) {
    const found = graph[i]
    if (!found || found.shape.join() !== expected.shape.join() || found.dtype !== expected.dtype)
      return `output ${i} has another shape or type`
    const distance = relativeDistance(expected.dataSync(), found.dataSync())
    if (!(distance <= LIMIT)) return `output ${i} lies ${distance.toPrecision(2)} of its size away`
  }
  return null
}

/** Root mean square below which a difference is none: where all values should be 0, there is no size to compare with. */
const NOTHING = 1e-9

type Values = ArrayLike<number>

/** 0 where both are the same, not-a-number in the same places included. */
function relativeDistance(expected: Values, found: Values): number {
  let [size, off] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    const [a = NaN, b = NaN] = [expected[i], found[i]]
    if (Object.is(a, b) || a === b) continue
    off += (a - b) ** 2
  }
  for (let i = 0; i < expected.length; i++) size += (expected[i] ?? 0) ** 2
  return off <= expected.length * NOTHING ** 2 ? 0 : Math.sqrt(off / size)
}
