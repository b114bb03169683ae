import { expect, it } from 'vitest'
import { structuralSimilarity } from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'

const SIZE = 9

/** Wang et al. 2004, equation 13 with α = β = γ = 1, one 7 × 7 window after the other; both maps already from 0 to 1. */
function windowByWindow(a: readonly number[], b: readonly number[]): number {
  const [c1, c2] = [0.01 ** 2, 0.03 ** 2]
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const values: number[] = []
  for (let row = 0; row + 7 <= SIZE; row++)
    for (let column = 0; column + 7 <= SIZE; column++) {
      const inside = (map: readonly number[]) =>
        map.filter((_, i) => {
          const [down, across] = [Math.floor(i / SIZE) - row, (i % SIZE) - column]
          return down >= 0 && down < 7 && across >= 0 && across < 7
        })
      const [x, y] = [inside(a), inside(b)]
      const [mx, my] = [mean(x), mean(y)]
      const luminance = (2 * mx * my + c1) / (mx ** 2 + my ** 2 + c1)
      const variances = mean(x.map((value) => (value - mx) ** 2)) + mean(y.map((value) => (value - my) ** 2))
      const covariance = mean(x.map((value, i) => (value - mx) * ((y[i] ?? NaN) - my)))
      values.push((luminance * (2 * covariance + c2)) / (variances + c2))
    }
  return mean(values)
}

it('structural similarity is the mean of Wang’s over all windows of 7 × 7', () => {
  const rng = seededRng(5)
  // faint but for one bright pixel each: the constants count
  const map = (at: number) =>
    Array.from({ length: SIZE ** 2 }, (_, i) => (i === at ? 1 : i === at + 1 ? 0 : 0.05 + 0.04 * rng.uniform()))
  const [a, b] = [map(3), map(60)]
  const scaled = b.map((value) => 12 * value - 5)
  expect(structuralSimilarity(a, scaled, SIZE)).toBeCloseTo(windowByWindow(a, b), 6)
  expect(structuralSimilarity(scaled, a, SIZE)).toBeCloseTo(windowByWindow(a, b), 6)
})
