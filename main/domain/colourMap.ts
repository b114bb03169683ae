import { ticks } from 'd3-array'
import { interpolateInferno } from 'd3-scale-chromatic'
import { COLOUR_STEPS, colourIndex, type BitScale } from '../../contract'
import type { ColourPicture } from './greyPicture'

/**
 * "Inferno": black to pale yellow, perceptually uniform, luminance rising all the way, so that it reads in grey too
 * (N. Smith, S. van der Walt, matplotlib; table from d3-scale-chromatic).
 *
 * @returns [256 · 3] bytes, from the low end to the high end
 */
export function colourTable(): Uint8Array {
  const table = new Uint8Array(COLOUR_STEPS * 3)
  for (let i = 0; i < COLOUR_STEPS; i++) {
    const hex = Number.parseInt(interpolateInferno(i / (COLOUR_STEPS - 1)).slice(1), 16)
    table.set([hex >> 16, (hex >> 8) & 255, hex & 255], i * 3)
  }
  return table
}

/**
 * Paints a bit map, each of its pixels as a square of `times` × `times`.
 *
 * @param map bits per pixel, row-major [size · size]
 */
export function paintBitMap(map: Float32Array, scale: BitScale, times = 1): ColourPicture {
  const size = Math.round(Math.sqrt(map.length))
  const table = colourTable()
  const width = size * times
  const rgb = new Uint8Array(width * width * 3)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const bits = map[Math.floor(y / times) * size + Math.floor(x / times)] ?? 0
      const from = colourIndex(bits, scale) * 3
      const to = (y * width + x) * 3
      rgb[to] = table[from] ?? 0
      rgb[to + 1] = table[from + 1] ?? 0
      rgb[to + 2] = table[from + 2] ?? 0
    }
  return { width, height: width, rgb }
}

/** Round numbers of bits per pixel to write beside a colour bar, all inside the scale. */
export function scaleTicks(scale: BitScale, count = 5): number[] {
  return ticks(scale.low, scale.high, count)
}
