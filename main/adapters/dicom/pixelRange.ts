import type { FilmPixels } from '../../../contract'

/** Smallest and largest stored value that is no padding; of all values where everything is. */
export function extremes(
  pixels: FilmPixels,
  padding: readonly [number, number] | null,
): { minPixel: number; maxPixel: number } {
  const [low, high] = padding ?? [1, 0]
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i] ?? 0
    if (value >= low && value <= high) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min > max) return padding === null ? { minPixel: 0, maxPixel: 0 } : extremes(pixels, null)
  return { minPixel: min, maxPixel: max }
}
