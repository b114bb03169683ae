import type { Voi } from '../film'

/** No picture is spread further than this many levels: what is left of a flat one is rounding. */
const LEAST_WIDTH = 24

/**
 * The window in which a picture of the model's, 8-bit levels, fills the range of greys: all but a
 * thousandth of its pixels at either end, for a letter that is left on grey is a hundredth.
 */
export function contrastWindow(levels: Uint8Array): Extract<Voi, { kind: 'window' }> {
  const sorted = levels.slice().sort()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  const [low, high] = [at(0.001), at(0.999)]
  const width = Math.max(LEAST_WIDTH, high - low)
  return { kind: 'window', center: (low + high) / 2, width, function: 'LINEAR_EXACT', explanation: null }
}
