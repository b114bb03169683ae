/** Standard deviation, in model pixels, of the neighbourhood over which a shown bit map is averaged. */
const MAP_AVERAGING = 2

/**
 * A bit map as it is shown where its single pixels are not asked for: averaged over neighbours by a Gaussian, mirrored at the
 * edges, so that the sum stays the picture's bits. A flow books its cost pixel by pixel, and one pixel's share scatters;
 * what an eye can follow is the density of bits round a place.
 *
 * @param map bits per pixel, row-major [side · side]
 */
export function averagedMap(map: Float32Array): Float32Array {
  const side = Math.round(Math.sqrt(map.length))
  const kernel = halfKernel()
  const across = averagedRows(map, side, kernel)
  return transposed(averagedRows(transposed(across, side), side, kernel), side)
}

/** Half of the symmetric kernel, centre first, cut at 3 σ and normalised. */
function halfKernel(): readonly number[] {
  const weights = Array.from({ length: 3 * MAP_AVERAGING + 1 }, (_, k) => Math.exp(-(k * k) / (2 * MAP_AVERAGING ** 2)))
  const sum = weights.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0)
  return weights.map((weight) => weight / sum)
}

function averagedRows(map: Float32Array, side: number, half: readonly number[]): Float32Array {
  // The edge pixel is repeated by the mirror, so that what one pixel gives away its neighbours get.
  const mirrored = (i: number) => (i < 0 ? -1 - i : i >= side ? 2 * side - 1 - i : i)
  const result = new Float32Array(map.length)
  for (let row = 0; row < map.length; row += side)
    for (let x = 0; x < side; x++) {
      let sum = (half[0] ?? 1) * (map[row + x] ?? 0)
      for (let k = 1; k < half.length; k++)
        sum += (half[k] ?? 0) * ((map[row + mirrored(x - k)] ?? 0) + (map[row + mirrored(x + k)] ?? 0))
      result[row + x] = sum
    }
  return result
}

function transposed(map: Float32Array, side: number): Float32Array {
  return map.map((_, index) => map[(index % side) * side + Math.floor(index / side)] ?? 0)
}
