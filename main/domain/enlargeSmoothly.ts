import type { GreyPicture } from './greyPicture'

/**
 * Enlarges a picture by Catmull-Rom interpolation, pixel centres aligned, edges repeated: for looking at only, since it
 * draws transitions that the pixels do not hold (R. Keys, 1981, a = −1/2).
 */
export function enlargeSmoothly(picture: GreyPicture, width: number, height: number): GreyPicture {
  const across = taps(picture.width, width)
  const down = taps(picture.height, height)
  const rows = new Float32Array(picture.height * width)
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < width; x++)
      rows[y * width + x] = sum(across, x, (source) => picture.pixels[y * picture.width + source] ?? 0)
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const level = Math.round(sum(down, y, (source) => rows[source * width + x] ?? 0))
      pixels[y * width + x] = Math.min(255, Math.max(0, level))
    }
  return { width, height, pixels }
}

interface Taps {
  readonly sources: Int32Array
  readonly weights: Float64Array
}

function sum({ sources, weights }: Taps, target: number, value: (source: number) => number): number {
  let total = 0
  for (let k = target * 4; k < target * 4 + 4; k++) total += (weights[k] ?? 0) * value(sources[k] ?? 0)
  return total
}

/** For each of `to` cells its four neighbours among `from` cells and their weights, which sum to 1. */
function taps(from: number, to: number): Taps {
  const sources = new Int32Array(to * 4)
  const weights = new Float64Array(to * 4)
  for (let cell = 0; cell < to; cell++) {
    const place = ((cell + 0.5) * from) / to - 0.5
    const base = Math.floor(place)
    for (let k = 0; k < 4; k++) {
      sources[cell * 4 + k] = Math.min(from - 1, Math.max(0, base - 1 + k))
      weights[cell * 4 + k] = catmullRom(place - (base - 1 + k))
    }
  }
  return { sources, weights }
}

function catmullRom(distance: number): number {
  const d = Math.abs(distance)
  if (d < 1) return 1.5 * d ** 3 - 2.5 * d ** 2 + 1
  return d < 2 ? -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2 : 0
}
