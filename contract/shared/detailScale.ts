import type { BitScale } from './bitScale'

/** Ends that a scale of detail left may have, to all of it. */
const ENDS = 10

/**
 * Colours of a map of the detail left, in window and report alike: from nothing to the highest share, 0 … 1, rounded up to
 * the next tenth. Mostly so little is left that all of it as the end would show it as black.
 *
 * @param detail 255 is all of it
 */
export function detailScale(detail: Uint8Array): BitScale {
  const highest = detail.reduce((most, share) => Math.max(most, share), 0) / 255
  return { low: 0, high: Math.max(1, Math.ceil(highest * ENDS - 1e-3)) / ENDS }
}
