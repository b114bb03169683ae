import type { FilmPixels } from '../../contract'
import type { FilmPoint, Size } from './geometry'

export interface RegionValues {
  readonly count: number
  /** Stored values, as the file has them. */
  readonly mean: number
  /** Standard deviation, with n − 1; 0 of a single pixel. */
  readonly sd: number
  readonly min: number
  readonly max: number
}

/**
 * Mean, standard deviation and extremes of the stored values whose pixels' centres lie in a rectangle or an ellipse; padding is left out.
 *
 * @param corners two opposite corners of the box, in film pixels
 * @returns null where no pixel lies in it
 */
export function regionValues(
  film: Size & { readonly pixels: FilmPixels; readonly padding: readonly [number, number] | null },
  kind: 'rectangle' | 'ellipse',
  corners: readonly [FilmPoint, FilmPoint],
): RegionValues | null {
  const [a, b] = corners
  const left = Math.min(a.x, b.x)
  const right = Math.max(a.x, b.x)
  const top = Math.min(a.y, b.y)
  const bottom = Math.max(a.y, b.y)
  const padLow = film.padding ? Math.min(...film.padding) : 1
  const padHigh = film.padding ? Math.max(...film.padding) : 0
  let count = 0
  let sum = 0
  let squares = 0
  let offset = 0
  let min = Infinity
  let max = -Infinity
  const middle = (left + right) / 2
  for (let row = first(top); row < Math.min(film.height, last(bottom)); row++) {
    // The ellipse's half width at the height of this row's centres; the rectangle's is the same everywhere.
    const v = (2 * (row + 0.5) - top - bottom) / (bottom - top)
    const half = ((right - left) / 2) * (kind === 'ellipse' ? Math.sqrt(Math.max(0, 1 - v * v)) : 1)
    const end = Math.min(film.width, last(middle + half))
    for (let column = first(middle - half); column < end; column++) {
      const value = film.pixels[row * film.width + column] ?? 0
      if (value >= padLow && value <= padHigh) continue
      count += 1
      // From the first value on: squares of large values would drown what they differ by.
      if (count === 1) offset = value
      sum += value
      squares += (value - offset) ** 2
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  if (count === 0) return null
  const mean = sum / count
  const variance = count === 1 ? 0 : (squares - count * (mean - offset) ** 2) / (count - 1)
  return { count, mean, sd: Math.sqrt(Math.max(0, variance)), min, max }
}

/** First pixel whose centre is not before `edge`, and the first whose centre is beyond it. */
const first = (edge: number): number => Math.max(0, Math.ceil(edge - 0.5))
const last = (edge: number): number => Math.floor(edge - 0.5) + 1
