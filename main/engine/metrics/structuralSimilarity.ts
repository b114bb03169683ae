/** Side of the window, in pixels. */
const WINDOW = 7
const C1 = 0.01 ** 2
const C2 = 0.03 ** 2

/**
 * Mean structural similarity of two square maps (Z. Wang et al. 2004), each first scaled to 0 … 1 by its own extremes, so that
 * maps of different units can be compared; uniform windows of 7 × 7. 1: the same structure.
 *
 * @param size side of the maps, at least 7
 */
export function structuralSimilarity(a: ArrayLike<number>, b: ArrayLike<number>, size: number): number {
  const [x, y] = [toUnit(a), toUnit(b)]
  const sums = {
    x: integral(size, (i) => x[i] ?? 0),
    y: integral(size, (i) => y[i] ?? 0),
    xx: integral(size, (i) => (x[i] ?? 0) ** 2),
    yy: integral(size, (i) => (y[i] ?? 0) ** 2),
    xy: integral(size, (i) => (x[i] ?? 0) * (y[i] ?? 0)),
  }
  const last = size - WINDOW
  let total = 0
  for (let row = 0; row <= last; row++)
    for (let column = 0; column <= last; column++) {
      const mean = (of: Float64Array) => windowSum(of, size, { row, column }) / WINDOW ** 2
      const [mx, my] = [mean(sums.x), mean(sums.y)]
      const [vx, vy, cov] = [mean(sums.xx) - mx * mx, mean(sums.yy) - my * my, mean(sums.xy) - mx * my]
      total += ((2 * mx * my + C1) * (2 * cov + C2)) / ((mx * mx + my * my + C1) * (vx + vy + C2))
    }
  return total / (last + 1) ** 2
}

function toUnit(values: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(values)
  let [low, high] = [Infinity, -Infinity]
  for (const value of all) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const width = high - low
  return width > 0 ? all.map((value) => (value - low) / width) : all.fill(0)
}

/** Sums over all rectangles from the corner, [(size + 1)²]. */
function integral(size: number, at: (index: number) => number): Float64Array {
  const side = size + 1
  const sums = new Float64Array(side * side)
  for (let row = 0; row < size; row++)
    for (let column = 0, sum = 0; column < size; column++) {
      sum += at(row * size + column)
      sums[(row + 1) * side + column + 1] = sum + (sums[row * side + column + 1] ?? 0)
    }
  return sums
}

function windowSum(sums: Float64Array, size: number, { row, column }: { row: number; column: number }): number {
  const side = size + 1
  const at = (r: number, c: number) => sums[r * side + c] ?? 0
  return at(row + WINDOW, column + WINDOW) - at(row, column + WINDOW) - at(row + WINDOW, column) + at(row, column)
}
