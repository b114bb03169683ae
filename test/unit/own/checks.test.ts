import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import type { AuditedNetwork } from '../../../main/engine/audit'
import { checkFilms, checkLabels } from '../../../main/engine/own/checkFilms'
import { checkGradient } from '../../../main/engine/own/checkGradient'
import { checkOutput } from '../../../main/engine/own/checkOutput'
import { ownNetwork, type OwnModel, type OwnPlan } from '../../../main/engine/own'
import { seededRng } from '../../../main/engine/rng'
import { linearNetwork } from '../../support/linearNetwork'

const sigmoid = { output: { kind: 'sigmoid', classes: 1, finding: 0 } } as const

describe('probabilities without a slope', () => {
  const stuck = (rows: readonly number[]) =>
    checkFilms(
      rows.map((p) => [p]),
      rows.map((_, i) => i),
      sigmoid,
    ).find(({ name }) => name === 'saturation')?.status

  it('count at either end', () => {
    expect(stuck([0.2, 0.5, 0.8])).toBeUndefined()
    expect(stuck([0, 0.5, 0.8])).toBe('warning')
    expect(stuck([1, 0.5, 0.8])).toBe('warning')
    expect(stuck([2e-6, 0.5, 1 - 2e-6])).toBeUndefined()
  })

  it('on more than half of the films forbid audits', () => {
    expect(stuck([0, 1, 0.5, 0.8])).toBe('warning')
    expect(stuck([0, 1, 1, 0.8])).toBe('failed')
  })
})

describe('the hint of the labels', () => {
  const three = (labels: (boolean | null)[]) =>
    checkLabels(
      labels.map((_, i) => i),
      labels,
    )

  it('needs three films of either kind, and leaves out what is not known', () => {
    expect(three([false, false, false, true, true, null])).toEqual([])
    expect(three([false, false, false, true, true, true])).toHaveLength(1)
  })

  it('warns below 0.6 that it is near a coin toss, and below 0.3 that it may be the wrong way round', () => {
    // ten negatives, ten positives: the area is the share of positives above all negatives
    const area = (above: number) => {
      const scores = Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : i < 10 + above ? 1 : -1))
      return checkLabels(
        scores,
        scores.map((_, i) => i >= 10),
      )[0]
    }
    expect(area(6)).toMatchObject({ status: 'ok' })
    expect(area(5)).toMatchObject({ status: 'warning' })
    expect(area(5)?.sentence).toContain('coin toss')
    expect(area(3)?.sentence).toContain('coin toss')
    expect(area(2)?.sentence).toContain('without the finding above those with it')
  })
})

it('classes that add up to 1 within a thousandth are a softmax, others are not', () => {
  const softmax = { kind: 'softmax', classes: 2, finding: 1 } as const
  const of = (sum: number) => checkOutput([[0.3, sum - 0.3]], softmax).status
  expect([1, 1.0005, 1.01].map(of)).toEqual(['ok', 'ok', 'failed'])
})

describe('a network of which one layer does not hold one block a film', () => {
  const plan: OwnPlan = {
    input: { height: 4, width: 4, channels: 1, layout: 'NHWC', range: [0, 1] },
    output: { kind: 'logits', classes: 1, finding: 0 },
    decision: { threshold: 0.5, calibration: { temperature: 4, bias: 0.25 } },
  }
  /** Sums the picture, adds ten times a constant of its own, doubles: 2 · (Σx + 10 · 0.5). */
  const model: OwnModel = {
    layers: [
      { name: 'first', parameters: 7 },
      { name: 'constant', parameters: 100 },
      { name: 'last', parameters: 11 },
    ],
    run(x, offsets = []) {
      const plus = <T extends tf.Tensor>(value: T, at: number) => {
        const offset = offsets[at]
        return (offset ? tf.add(value, offset) : value) as T
      }
      const first = plus(x, 0)
      const constant = plus(tf.tensor2d([0.5], [1, 1]), 1)
      const last = plus(tf.add(tf.reshape(tf.sum(first, [1, 2, 3]), [-1, 1]), tf.mul(constant, 10)), 2)
      return { output: tf.mul(last, 2), inputs: [first, constant, last] }
    },
    dispose: () => undefined,
  }
  const network = ownNetwork(model, plan)

  it('is matched at the others, each by its own number of parameters', () => {
    expect(network.layers.map(({ name, parameters }) => [name, parameters])).toEqual([
      ['first', 7],
      ['last', 11],
    ])
  })

  it('takes each offset where it belongs, and calibrates by dividing and adding', () => {
    tf.tidy(() => {
      const x = tf.fill([2, 4, 4, 1], 0.5) as tf.Tensor4D
      const logits = (offsets?: tf.Tensor[]) => [...network.run(x, offsets ? { offsets } : {}).logits.dataSync()]
      expect(logits()).toEqual([6.75, 6.75])
      const [first, last] = [tf.fill([2, 4, 4, 1], 0.25), tf.tensor2d([[1], [2]])]
      expect(logits([first, tf.zeros([2, 1])])).toEqual([8.75, 8.75])
      expect(logits([tf.zeros([2, 4, 4, 1]), last])).toEqual([7.25, 7.75])
    })
  })
})

it.each([
  [1, 'ok'],
  [-1, 'failed'],
  [0.5, 'failed'],
  [1.3, 'failed'],
])('a gradient that is %f times the slope: %s', (times, status) => {
  const linear = linearNetwork(seededRng(2).normalArray(64))
  const slanted = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy) => tf.mul(dy as tf.Tensor, times),
  }))
  const network: AuditedNetwork = {
    ...linear,
    run(x, { offsets } = {}) {
      const seen = slanted(x) as tf.Tensor4D
      const entering = offsets?.[0] ? tf.add<tf.Tensor4D>(seen, offsets[0]) : seen
      return { ...linear.run(entering), inputs: [entering] }
    },
  }
  const film = tf.fill([1, 8, 8, 1], 0.5) as tf.Tensor4D
  expect(checkGradient(network, film, seededRng(3)).status).toBe(status)
  film.dispose()
  linear.dispose()
})
