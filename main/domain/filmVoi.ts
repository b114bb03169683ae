import type { Film, Voi } from '../../contract'

type Window = Extract<Voi, { kind: 'window' }>

const LOW_SHARE = 0.005
const HIGH_SHARE = 0.995

/**
 * The grey mapping to show a film with first: the file's own first preset, else a window over the middle 99 % of the
 * modality values that are no padding.
 */
export function defaultVoi(film: Film): Voi {
  return film.header.voi[0] ?? robustVoi(film)
}

/** A LINEAR_EXACT window from the 0.5th to the 99.5th percentile of the modality values. */
export function robustVoi({ header, pixels }: Film): Window {
  const [padLow, padHigh] = header.padding ?? [1, 0]
  const first = header.minPixel
  const counts = new Uint32Array(header.maxPixel - first + 1)
  let total = 0
  for (let i = 0; i < pixels.length; i++) {
    const stored = pixels[i] ?? 0
    if (stored >= padLow && stored <= padHigh) continue
    const at = stored - first
    counts[at] = (counts[at] ?? 0) + 1
    total += 1
  }
  const ends = [LOW_SHARE, HIGH_SHARE].map((share) => {
    let left = share * total
    const at = counts.findIndex((count) => (left -= count) < 0)
    return (at < 0 ? counts.length - 1 : at) + first
  })
  const [a = 0, b = 0] = ends.map((stored) => stored * header.slope + header.intercept)
  return {
    kind: 'window',
    center: (a + b) / 2,
    width: Math.max(Math.abs(b - a), Math.abs(header.slope)),
    function: 'LINEAR_EXACT',
    explanation: null,
  }
}
