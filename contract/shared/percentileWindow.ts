import type { FilmHeader, FilmPixels, Voi } from '../film'

/** Share of each side of the film that does not count: collimator edges lie there. */
const MARGIN = 0.1
const DARK = 0.01
const BRIGHT = 0.99
/** In steps of a stored value. */
const LEAST_WIDTH = 1e-3

interface MeasuredFilm {
  readonly header: Pick<FilmHeader, 'width' | 'height' | 'slope' | 'intercept' | 'minPixel' | 'maxPixel' | 'padding'>
  readonly pixels: FilmPixels
}

/**
 * The window of a film whose file has none, in modality values: from the 1st to the 99th percentile of the film's central
 * 80 %, padding left out. Screen and report show such a film alike.
 */
export function percentileWindow(film: MeasuredFilm): Extract<Voi, { kind: 'window' }> {
  const { slope, intercept, minPixel } = film.header
  const counts = valueCounts(film)
  const last = counts.reduce((sum, count) => sum + count, 0) - 1
  const ends = [DARK, BRIGHT].map((share) => (minPixel + placeOf(Math.round(share * last), counts)) * slope + intercept)
  // A negative slope turns the order of the values round.
  const low = Math.min(...ends)
  const width = Math.max(LEAST_WIDTH * Math.abs(slope), Math.max(...ends) - low)
  return { kind: 'window', center: low + width / 2, width, function: 'LINEAR_EXACT', explanation: null }
}

/** How often each stored value from the film's lowest to its highest stands in its middle. */
function valueCounts({ header, pixels }: MeasuredFilm): Uint32Array {
  const { width, height, minPixel, maxPixel, padding } = header
  const [padLow, padHigh] = padding ?? [1, 0]
  const counts = new Uint32Array(maxPixel - minPixel + 1)
  const [marginX, marginY] = [Math.floor(width * MARGIN), Math.floor(height * MARGIN)]
  for (let y = marginY; y < height - marginY; y++)
    for (let i = y * width + marginX; i < (y + 1) * width - marginX; i++) {
      const value = pixels[i] ?? 0
      if (value < padLow || value > padHigh) counts[value - minPixel] = (counts[value - minPixel] ?? 0) + 1
    }
  return counts
}

/** Where the value of this rank (from 0) lies among ascending values; at their end where there are fewer. */
function placeOf(rank: number, counts: Uint32Array): number {
  let below = 0
  const place = counts.findIndex((count) => (below += count) > rank)
  return place < 0 ? counts.length - 1 : place
}
