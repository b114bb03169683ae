interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Resamples a grey picture by area average: every target pixel is the mean of the source area it covers, edges weighted
 * by their covered share. Separable, rows first. Enlarging repeats pixels.
 *
 * @param values row-major [from.height · from.width]
 * @returns row-major [to.height · to.width]
 */
export function areaAverage(values: ArrayLike<number>, from: Size, to: Size): Float32Array {
  const across = shares(from.width, to.width)
  const down = shares(from.height, to.height)
  const rows = new Float32Array(from.height * to.width)
  for (let y = 0; y < from.height; y++)
    for (let x = 0; x < to.width; x++) {
      const { first, weights } = across[x] ?? EMPTY
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += (weights[k] ?? 0) * (values[y * from.width + first + k] ?? 0)
      rows[y * to.width + x] = sum
    }
  const result = new Float32Array(to.height * to.width)
  for (let y = 0; y < to.height; y++) {
    const { first, weights } = down[y] ?? EMPTY
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k] ?? 0
      const source = (first + k) * to.width
      for (let x = 0; x < to.width; x++)
        result[y * to.width + x] = (result[y * to.width + x] ?? 0) + weight * (rows[source + x] ?? 0)
    }
  }
  return result
}

interface Share {
  readonly first: number
  readonly weights: Float64Array
}
const EMPTY: Share = { first: 0, weights: new Float64Array(0) }

/** For each of `to` cells the source cells it covers and their weights, which sum to 1. */
function shares(from: number, to: number): Share[] {
  const step = from / to
  return Array.from({ length: to }, (_, cell) => {
    const start = cell * step
    const end = Math.min(from, start + step)
    const first = Math.min(from - 1, Math.floor(start + 1e-9))
    const last = Math.min(from - 1, Math.max(first, Math.ceil(end - 1e-9) - 1))
    const weights = new Float64Array(last - first + 1)
    for (let i = first; i <= last; i++) weights[i - first] = (Math.min(end, i + 1) - Math.max(start, i)) / (end - start)
    return { first, weights }
  })
}
