import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { toNetworkInput } from '../../../main/engine/own/inputPlan'
import { findingLogOdds } from '../../../main/engine/own/outputPlan'
import { resample, resampling } from '../../../main/engine/own/resample'
import { seededRng } from '../../../main/engine/rng'

const picture = (side: number, count = 2) =>
  tf.tensor4d(seededRng(side).uniformArray(count * side * side), [count, side, side, 1])

describe('resampling', () => {
  it.each([
    [128, 224],
    [128, 96],
    [16, 16],
    [7, 3],
  ])('from %i to %i: every row sums to 1 and looks at its own place', (from, to) => {
    const weights = resampling(from, to)
    for (let i = 0; i < to; i++) {
      const row = weights.subarray(i * from, (i + 1) * from)
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5)
      const at = row.reduce((sum, weight, j) => sum + weight * (j + 0.5), 0)
      const reach = Math.max(1, from / to)
      const exact = ((i + 0.5) * from) / to
      if (exact > reach && exact < from - reach) expect(Math.abs(at - exact)).toBeLessThan(0.05)
    }
  })
  it('enlarges as the half-pixel bilinear resize of TensorFlow does', () => {
    const x = picture(9)
    const ours = resample(x, { height: 20, width: 14 })
    const theirs = tf.image.resizeBilinear(x, [20, 14], false, true)
    expect(Math.max(...tf.abs(tf.sub(ours, theirs)).dataSync())).toBeLessThan(1e-5)
  })
  it('reduces by 2 with the weights 1 3 3 1', () => {
    const row = resampling(8, 4).subarray(8, 16)
    expect([...row]).toEqual([0, 1, 3, 3, 1, 0, 0, 0].map((weight) => weight / 8))
  })
  it('passes the gradient of a sum on as the column sums of its weights', () => {
    const gradient = tf.grad((x) => tf.sum(resample(x as tf.Tensor4D, { height: 5, width: 12 })))(picture(8, 1))
    const down = resampling(8, 5)
    const across = resampling(8, 12)
    const column = (weights: Float32Array, j: number) =>
      weights.reduce((sum, weight, i) => (i % 8 === j ? sum + weight : sum), 0)
    const values = gradient.dataSync()
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 8; x++) expect(values[y * 8 + x]).toBeCloseTo(column(down, y) * column(across, x), 4)
  })
})

describe('what the network gets', () => {
  it('range, mean, std, three channels, channels first', () => {
    const x = picture(8, 1)
    const seen = toNetworkInput(x, {
      height: 8,
      width: 8,
      channels: 3,
      layout: 'NCHW',
      range: [0, 255],
      mean: [10, 20, 30],
      std: [1, 2, 4],
    })
    expect(seen.shape).toEqual([1, 3, 8, 8])
    const grey = x.dataSync()
    const values = seen.dataSync()
    for (const [c, [mean, std]] of [
      [10, 1],
      [20, 2],
      [30, 4],
    ].entries())
      for (let i = 0; i < 64; i++)
        expect(values[c * 64 + i]).toBeCloseTo((255 * (grey[i] ?? 0) - (mean ?? 0)) / (std ?? 1), 3)
  })
})

describe('log-odds of the finding', () => {
  const logits = tf.tensor2d([
    [0.3, -1.2, 2],
    [-4, 0.5, 0.1],
  ])
  const rows = logits.arraySync()
  const softmax = (row: readonly number[], c: number) =>
    Math.exp(row[c] ?? 0) / row.reduce((sum, value) => sum + Math.exp(value), 0)
  const odds = (p: number) => Math.log(p / (1 - p))

  it.each([0, 1, 2])('of class %i against the rest, from logits, sigmoid and softmax', (finding) => {
    const plan = { classes: 3, finding }
    const found = (output: tf.Tensor2D, kind: 'logits' | 'sigmoid' | 'softmax' | 'softmax-logits') => [
      ...findingLogOdds(output, { ...plan, kind }).dataSync(),
    ]
    rows.forEach((row, n) => {
      expect(found(logits, 'logits')[n]).toBeCloseTo(row[finding] ?? NaN, 5)
      expect(found(tf.sigmoid(logits), 'sigmoid')[n]).toBeCloseTo(row[finding] ?? NaN, 4)
      expect(found(logits, 'softmax-logits')[n]).toBeCloseTo(odds(softmax(row, finding)), 4)
      expect(found(tf.softmax(logits), 'softmax')[n]).toBeCloseTo(odds(softmax(row, finding)), 3)
    })
  })
  it('stays finite where a probability is 0 or 1', () => {
    const values = findingLogOdds(tf.tensor2d([[0], [1]]), { kind: 'sigmoid', classes: 1, finding: 0 }).dataSync()
    expect(values[0]).toBeCloseTo(Math.log(1e-6), 1)
    expect(values[1]).toBeCloseTo(-Math.log(1e-6), 1)
  })
})
