import type { FilmPixels } from '../../contract'
import type { Size } from './geometry'

/** One level: stored values, row-major; a pixel covers `factor` × `factor` film pixels (fewer at the far edges). */
export interface PyramidLevel extends Size {
  readonly factor: number
  readonly pixels: FilmPixels
}

/** Films are drawn from the level that matches the zoom, so a drag costs as many pixels as the screen has, not as the film has. */
export type Pyramid = readonly PyramidLevel[]

type Padding = readonly [number, number] | null

const SMALLEST_SIDE = 192

/** Level 0 is the film itself; each further level averages 2 × 2 areas. Padding values never mix into an average. */
export function buildPyramid(pixels: FilmPixels, film: Size, padding: Padding = null): Pyramid {
  const levels: PyramidLevel[] = [{ ...film, factor: 1, pixels }]
  for (let last = levels[0]; last && Math.max(last.width, last.height) > SMALLEST_SIDE * 2; last = levels.at(-1)) {
    levels.push(halve(last, padding))
  }
  return levels
}

function halve(level: PyramidLevel, padding: Padding): PyramidLevel {
  const width = Math.ceil(level.width / 2)
  const height = Math.ceil(level.height / 2)
  const source = level.pixels
  const pixels = emptyLike(source, width * height)
  const low = padding ? Math.min(...padding) : 1
  const high = padding ? Math.max(...padding) : 0
  for (let y = 0; y < height; y++) {
    const upper = 2 * y * level.width
    const lower = Math.min(2 * y + 1, level.height - 1) * level.width
    for (let x = 0; x < width; x++) {
      const left = 2 * x
      const right = Math.min(left + 1, level.width - 1)
      const a = source[upper + left] as number
      const b = source[upper + right] as number
      const c = source[lower + left] as number
      const d = source[lower + right] as number
      pixels[y * width + x] = padding ? averageOfReal([a, b, c, d], low, high) : Math.round((a + b + c + d) / 4)
    }
  }
  return { width, height, factor: level.factor * 2, pixels }
}

/**
 * Mean of the values that are not padding; all padding stays padding. Where padding lies within the range of real values a mean may
 * fall on it and would be shown black: then the real value next to it.
 */
function averageOfReal(values: readonly number[], low: number, high: number): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (value >= low && value <= high) continue
    sum += value
    count += 1
  }
  const mean = Math.round(sum / count)
  if (count === 0) return values[0] ?? 0
  if (mean < low || mean > high) return mean
  const real = values.filter((value) => value < low || value > high)
  return real.reduce((near, value) => (Math.abs(value - mean) < Math.abs(near - mean) ? value : near))
}

function emptyLike(pixels: FilmPixels, length: number): FilmPixels {
  if (pixels instanceof Uint8Array) return new Uint8Array(length)
  if (pixels instanceof Int8Array) return new Int8Array(length)
  if (pixels instanceof Uint16Array) return new Uint16Array(length)
  return new Int16Array(length)
}

/** The coarsest level whose pixels are at most `coarsest` screen pixels large at this scale (screen pixels a film pixel). */
export function levelFor(pyramid: Pyramid, scale: number, coarsest: number): PyramidLevel {
  let chosen = pyramid[0]
  if (!chosen) throw new RangeError('a pyramid has at least the film itself')
  for (const level of pyramid) if (level.factor * scale <= coarsest) chosen = level
  return chosen
}
