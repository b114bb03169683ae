/**
 * Gaussian blur of a square grey picture, separable, cut at 3.5 σ, rounded to levels. Mirrored at the edges with the edge pixel
 * repeated (… b a | a b …), as often as the kernel reaches. The engine's `gaussianBlur` has another rule and another reach: the two
 * are not the same to a level.
 *
 * @param levels row-major [side · side]
 * @param sigma in pixels; below 0.05 the picture is copied
 */
export function blurredLevels(levels: Uint8Array, side: number, sigma: number): Uint8Array {
  if (sigma < 0.05) return levels.slice()
  const kernel = gaussianKernel(sigma)
  const across = blurRows(Float32Array.from(levels), side, kernel)
  const down = transpose(blurRows(transpose(across, side), side, kernel), side)
  return Uint8Array.from(down, (value) => Math.min(255, Math.max(0, Math.round(value))))
}

/** Half of the symmetric kernel, centre first, cut at 3.5 σ and normalised. */
function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.ceil(3.5 * sigma)
  const half = Float64Array.from({ length: radius + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)))
  const sum = half.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0)
  return half.map((weight) => weight / sum)
}

function blurRows(values: Float32Array, side: number, half: Float64Array): Float32Array {
  const result = new Float32Array(values.length)
  const period = 2 * side
  const mirrored = (i: number) => {
    const wrapped = ((i % period) + period) % period
    return wrapped < side ? wrapped : period - 1 - wrapped
  }
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let sum = (half[0] ?? 1) * (values[y * side + x] ?? 0)
      for (let k = 1; k < half.length; k++)
        sum += (half[k] ?? 0) * ((values[y * side + mirrored(x - k)] ?? 0) + (values[y * side + mirrored(x + k)] ?? 0))
      result[y * side + x] = sum
    }
  return result
}

function transpose(values: Float32Array, side: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) result[x * side + y] = values[y * side + x] ?? 0
  return result
}
