import { describe, expect, it } from 'vitest'
import { aucInterval, fitRidge, linearScore, meanInterval, youdenPoint } from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'

describe('the interval of a mean', () => {
  it('is the mean ± 1.96 standard errors where there are many values', () => {
    const values = Array.from(seededRng(1).normalArray(400), (value) => 3 + 2 * value)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / values.length
    const { value, low, high } = meanInterval(values, seededRng(2))
    expect(value).toBeCloseTo(mean, 9)
    for (const reach of [mean - low, high - mean]) {
      expect(reach / (1.96 * error)).toBeGreaterThan(0.88)
      expect(reach / (1.96 * error)).toBeLessThan(1.12)
    }
  })

  it('has no width where all values are the same', () => {
    expect(meanInterval([2, 2, 2], seededRng(1))).toEqual({ value: 2, low: 2, high: 2 })
  })
})

describe('the interval of an AUC', () => {
  it('leaves out one draw in forty on either side', () => {
    const positive = Array.from({ length: 200 }, (_, i) => i % 2 === 0)
    const rng = seededRng(3)
    const scores = positive.map((is) => rng.normal() + (is ? 0.5 : 0))
    const groups = scores.map((_, i) => `patient ${i}`)
    const { value, low, high } = aucInterval(scores, positive, { groups, rng: seededRng(4), draws: 4000 })
    // DeLong et al. 1988: the variance of the placements of positives and of negatives
    const [of, against] = [true, false].map((kind) => scores.filter((_, i) => positive[i] === kind)) as [
      number[],
      number[],
    ]
    const variance = (all: number[]) => {
      const mean = all.reduce((sum, one) => sum + one, 0) / all.length
      return all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (all.length - 1) / all.length
    }
    const placed = of.map((score) => against.filter((other) => other < score).length / against.length)
    const over = against.map((score) => of.filter((other) => other > score).length / of.length)
    const error = Math.sqrt(variance(placed) + variance(over))
    for (const reach of [value - low, high - value]) {
      expect(reach / (1.96 * error)).toBeGreaterThan(0.91)
      expect(reach / (1.96 * error)).toBeLessThan(1.09)
    }
  })
})

it('Youden’s threshold lies half-way between the scores that it parts', () => {
  expect(youdenPoint([0.1, 0.3, 0.7, 0.9], [false, false, true, true])).toEqual({
    threshold: 0.5,
    sensitivity: 1,
    specificity: 1,
  })
})

it('ridge regression on one feature is Σxy/(Σx² + penalty) of what lies about the means', () => {
  const [xs, ys] = [
    [1, 2, 4, 9],
    [3, 1, 5, 11],
  ] as const
  // means 4 and 5
  const slope = (-3 * -2 + -2 * -4 + 0 + 5 * 6) / (9 + 4 + 0 + 25 + 7)
  const fit = fitRidge(
    xs.map((x) => Float32Array.of(x)),
    ys,
    7,
  )
  expect(fit.weights[0]).toBeCloseTo(slope, 9)
  expect(linearScore(fit, Float32Array.of(4))).toBeCloseTo(5, 9)
})
