import { describe, expect, it } from 'vitest'
import {
  auc,
  aucInterval,
  calibrated,
  calibrationError,
  fitCalibration,
  fitRidge,
  linearScore,
  operatingPoint,
  youdenPoint,
} from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'

/** Scores of two overlapping classes, rounded so that there are ties. */
function sample(count: number, seed: number) {
  const rng = seededRng(seed)
  const positive = Array.from({ length: count }, () => rng.uniform() < 0.3)
  return { positive, scores: positive.map((is) => Math.round(4 * (rng.normal() + (is ? 1 : 0))) / 4) }
}

describe('auc', () => {
  it('equals the share of pairs in the right order, ties half', () => {
    const { scores, positive } = sample(200, 1)
    let won = 0
    let pairs = 0
    scores.forEach((score, i) =>
      scores.forEach((other, j) => {
        if (!positive[i] || positive[j]) return
        pairs++
        won += score > other ? 1 : score === other ? 0.5 : 0
      }),
    )
    expect(auc(scores, positive)).toBeCloseTo(won / pairs, 12)
  })

  it('has no value without both classes', () => {
    expect(auc([1, 2], [true, true])).toBeNaN()
  })
})

describe('the interval', () => {
  const { scores, positive } = sample(400, 2)
  const each = scores.map((_, i) => `patient ${i}`)
  const interval = (groups: string[], seed: number) =>
    aucInterval(scores, positive, { groups, rng: seededRng(seed), draws: 300 })

  it('is the same from the same seed and holds the value', () => {
    const one = interval(each, 1)
    expect(one).toEqual(interval(each, 1))
    expect(one).not.toEqual(interval(each, 2))
    expect(one.low).toBeLessThan(one.value)
    expect(one.high).toBeGreaterThan(one.value)
  })

  it('is about ± 1.96 standard errors (Hanley & McNeil 1982)', () => {
    const { value, low, high } = interval(each, 3)
    const positives = positive.filter(Boolean).length
    const negatives = positive.length - positives
    const q1 = value / (2 - value)
    const q2 = (2 * value * value) / (1 + value)
    const variance =
      (value * (1 - value) + (positives - 1) * (q1 - value ** 2) + (negatives - 1) * (q2 - value ** 2)) /
      (positives * negatives)
    expect((high - low) / (2 * 1.96 * Math.sqrt(variance))).toBeGreaterThan(0.8)
    expect((high - low) / (2 * 1.96 * Math.sqrt(variance))).toBeLessThan(1.25)
  })

  it('knows that four films of a patient are not four patients', () => {
    const four = <T>(values: readonly T[]) => values.flatMap((value) => [value, value, value, value])
    const of = (groups: string[]) =>
      aucInterval(four(scores), four(positive), { groups, rng: seededRng(4), draws: 200 })
    const grouped = of(four(each))
    const ungrouped = of(four(each).map((name, i) => `${name} film ${i}`))
    expect((grouped.high - grouped.low) / (ungrouped.high - ungrouped.low)).toBeGreaterThan(1.5)
  })
})

describe('calibration', () => {
  it('finds temperature and bias that made the labels', () => {
    const rng = seededRng(5)
    const truth = { temperature: 2, bias: -0.7 }
    const logits = Array.from({ length: 20_000 }, () => 3 * rng.normal())
    const positive = logits.map((logit) => rng.uniform() < calibrated(logit, truth))
    const found = fitCalibration(logits, positive)
    expect(found.temperature).toBeCloseTo(2, 0)
    expect(Math.abs(found.temperature - 2)).toBeLessThan(0.15)
    expect(Math.abs(found.bias + 0.7)).toBeLessThan(0.1)
    const probabilities = logits.map((logit) => calibrated(logit, found))
    expect(calibrationError(probabilities, positive)).toBeLessThan(0.02)
    expect(
      calibrationError(
        logits.map((logit) => calibrated(logit, { temperature: 0.3, bias: 0 })),
        positive,
      ),
    ).toBeGreaterThan(0.05)
  })

  it('is the same in whatever order films of one probability come', () => {
    const probabilities = Array.from({ length: 30 }, (_, i) => (i < 15 ? 0.3 : 0.6))
    const first = probabilities.map((_, i) => i % 15 < 5)
    const last = probabilities.map((_, i) => i % 15 >= 10)
    // By hand: a third of either half is positive, against 0.3 and 0.6.
    expect(calibrationError(probabilities, first)).toBeCloseTo((1 / 3 - 0.3 + 0.6 - 1 / 3) / 2, 12)
    expect(calibrationError(probabilities, last)).toBe(calibrationError(probabilities, first))
  })
})

describe('operating points', () => {
  it('counts "at or above" as found', () => {
    const point = operatingPoint([0.1, 0.5, 0.5, 0.9], [false, true, false, true], 0.5)
    expect(point).toEqual({ threshold: 0.5, sensitivity: 1, specificity: 0.5 })
  })

  it('no other threshold beats Youden’s', () => {
    const { scores, positive } = sample(150, 6)
    const best = youdenPoint(scores, positive)
    for (const threshold of scores) {
      const point = operatingPoint(scores, positive, threshold)
      expect(point.sensitivity + point.specificity).toBeLessThanOrEqual(best.sensitivity + best.specificity + 1e-12)
    }
  })
})

describe('ridge regression', () => {
  it('recovers a linear rule and shrinks it with the penalty', () => {
    const rng = seededRng(7)
    const rows = Array.from({ length: 200 }, () => rng.normalArray(4))
    const targets = rows.map((row) => 0.3 + 2 * (row[0] ?? 0) - (row[2] ?? 0))
    const loose = fitRidge(rows, targets, 1e-6)
    ;[2, 0, -1, 0].forEach((weight, j) => expect(loose.weights[j]).toBeCloseTo(weight, 4))
    expect(linearScore(loose, Float32Array.of(1, 0, 1, 0))).toBeCloseTo(1.3, 4)
    const tight = fitRidge(rows, targets, 1000)
    expect(Math.abs(tight.weights[0] ?? 9)).toBeLessThan(1)
  })
})
