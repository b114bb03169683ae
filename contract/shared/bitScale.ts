/** The two ends of a colour scale, in bits per pixel. */
export interface BitScale {
  readonly low: number
  readonly high: number
}

/** The few cheapest and dearest pixels of the film (markers, edges) may lie outside the scale. */
const LOW_PERCENTILE = 0.005
const HIGH_PERCENTILE = 0.995
/** Bits per pixel: a scale is at least this wide. */
const LEAST_WIDTH = 0.5

/**
 * The one scale of an audit: from 0 (from the 0.5th percentile where that is below 0) to the 99.5th percentile of the
 * *original's* bit map. All its maps are drawn on it, in window and report, so equal colours mean equal bits.
 *
 * @param original bits per pixel of the film as the model sees it
 */
export function bitScale(original: Float32Array): BitScale {
  const sorted = original.slice().sort()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  const low = Math.min(0, at(LOW_PERCENTILE))
  return { low, high: Math.max(at(HIGH_PERCENTILE), low + LEAST_WIDTH) }
}
