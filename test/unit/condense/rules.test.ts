import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import {
  AUTHORS_EVALUATION,
  authorsCondensing,
  Condenser,
  condenseNet,
  evaluateCondensed,
  lossWeights,
  toAlpha,
  type RealPictures,
} from '../../../main/engine/condense'
import { drawNoise } from '../../../main/engine/condense/matchAll'
import { distancePerLayer } from '../../../main/engine/condense/matchingDistance'
import { momentumUpdate } from '../../../main/engine/condense/momentum'
import { disposeFlow, prepareFlow } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams, EAGER, type Compiler } from '../../../main/engine/tensor'
import { randomFlowParams } from '../../support/randomFlow'

const SIZE = 8
const net = condenseNet({ size: SIZE, channels: 1, width: 8, blocks: 2, classes: 2, firstPadding: 1 })
const real: RealPictures = (label, count, rng) =>
  tf.tensor4d(
    rng.uniformArray(count * SIZE ** 2).map((value) => (label === 0 ? value / 2 : 1 - value / 2)),
    [count, SIZE, SIZE, 1],
  )
const numbers = (tensor: tf.Tensor) => [...tensor.dataSync<'float32'>()]

describe('the loss of a condensation', () => {
  it('weighs match and bits as the authors do', () => {
    expect(lossWeights(0, 10)).toEqual({ match: 100, bpd: 0 })
    expect(lossWeights(1, 2)).toEqual({ match: 10, bpd: 1 })
    expect(lossWeights(3, 2)).toEqual({ match: 5, bpd: 1.5 })
  })

  it('is reported as the sum of its two parts', async () => {
    const config = { size: SIZE, channels: 1, levels: 2, steps: 1, hidden: 8, coupling: 'affine' } as const
    const params = randomFlowParams(config, 3)
    const flow = prepareFlow(config, params)
    const settings = { ...authorsCondensing(1), realBatch: 4, bitsWeight: 3 }
    const condenser = new Condenser({ net, flow, real, settings })
    const { loss, distance, bpd } = await condenser.iterate()
    expect(loss).toBeCloseTo(5 * distance + 1.5 * (bpd ?? NaN), 6)
    condenser.dispose()
    disposeFlow(flow)
    disposeParams(params)
  })

  it('counts a unit whose gradients are as small as the floor as half matched', () => {
    // ‖a‖ = ‖b‖ = 10⁻³: 1 − 10⁻⁶/(10⁻⁶ + 10⁻⁶)
    const tiny = tf.tensor2d([
      [1e-3, 0],
      [0, 2],
    ])
    const { dense } = distancePerLayer({ dense: tiny }, { dense: tiny })
    expect(dense?.dataSync()[0]).toBeCloseTo(0.5, 4)
  })
})

describe('synthetic pictures', () => {
  it('begin as 0.2 · N(0, 1) before the sigmoid', () => {
    const settings = { ...authorsCondensing(10) }
    const condenser = new Condenser({ net, flow: null, real, settings })
    const alpha = numbers(condenser.state.alpha)
    condenser.dispose()
    const mean = alpha.reduce((sum, value) => sum + value, 0) / alpha.length
    const spread = Math.sqrt(alpha.reduce((sum, value) => sum + (value - mean) ** 2, 0) / alpha.length)
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(spread).toBeCloseTo(0.2, 1)
    expect(spread).toBeLessThan(0.22)
  })

  it('that start from real ones show black as black and white as white', () => {
    const extremes: RealPictures = (label, count) =>
      tf.tensor4d(
        Array.from({ length: count * SIZE ** 2 }, (_, i) => (i % 2 === label ? 0 : 1)),
        [count, SIZE, SIZE, 1],
      )
    const condenser = new Condenser({
      net,
      flow: null,
      real: extremes,
      settings: { ...authorsCondensing(1), start: 'real' },
    })
    const [shown, expected] = [
      condenser.pictures(),
      tf.concat4d([extremes(0, 1, seededRng(1)), extremes(1, 1, seededRng(1))], 0),
    ]
    expect(numbers(shown)).toEqual(numbers(expected))
    expect(numbers(condenser.state.alpha).every(Number.isFinite)).toBe(true)
    tf.dispose([shown, expected])
    condenser.dispose()
  })

  it('move at a rate that falls along half a cosine over all iterations', async () => {
    const secondMove = async (floor: number) => {
      const { pictures, ...others } = { ...authorsCondensing(1), realBatch: 4, iterations: 6 }
      const settings = { ...others, pictures: { ...pictures, floor } }
      const condenser = new Condenser({ net, flow: null, real, settings })
      await condenser.iterate()
      const before = numbers(condenser.state.alpha)
      await condenser.iterate()
      const after = numbers(condenser.state.alpha)
      condenser.dispose()
      return after.map((value, i) => value - (before[i] ?? NaN))
    }
    const [falling, even] = [await secondMove(0.02), await secondMove(1)]
    // the first iteration is at the whole rate in both
    const share = 0.02 + (0.98 * (1 + Math.cos(Math.PI / 6))) / 2
    even.forEach((move, i) => expect(falling[i]).toBeCloseTo(share * move, 5))
    expect(Math.max(...even.map(Math.abs))).toBeGreaterThan(0.01)
  })

  it('take a pixel’s gradient times the slope of the sigmoid', () => {
    const alpha = tf.tensor1d([-1.5, 0, 0.7, 3])
    const pull = tf.tensor4d([2, -1, 0.5, 4], [1, 2, 2, 1])
    const found = numbers(toAlpha(alpha, pull))
    const sigmoid = (at: number) => 1 / (1 + Math.exp(-at))
    numbers(alpha).forEach((at, i) => {
      const slope = (sigmoid(at + 1e-4) - sigmoid(at - 1e-4)) / 2e-4
      expect(found[i]).toBeCloseTo((numbers(pull)[i] ?? NaN) * slope, 5)
    })
    tf.dispose([alpha, pull])
  })

  it('are seen under noise of one grey level', () => {
    const noise = numbers(drawNoise([2, 8, 8, 1], seededRng(1)))
    expect(Math.min(...noise)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...noise)).toBeLessThan(1 / 256)
    expect(Math.max(...noise)).toBeGreaterThan(0.9 / 256)
  })
})

describe('the networks', () => {
  it('start uniform within ±1/√fan_in, as PyTorch’s do', () => {
    const params = net.init(seededRng(2))
    for (const [name, fan] of [
      ['block0.conv.weight', 9],
      ['block1.conv.weight', 72],
      ['classifier.weight', 32],
    ] as const) {
      const values = numbers(params[name] ?? tf.scalar(NaN)).map((value) => value * Math.sqrt(fan))
      expect(Math.max(...values), name).toBeLessThanOrEqual(1)
      expect(Math.min(...values), name).toBeGreaterThanOrEqual(-1)
      expect(Math.max(...values), name).toBeGreaterThan(0.9)
      expect(Math.min(...values), name).toBeLessThan(-0.9)
    }
    expect(numbers(params['block0.norm.weight'] ?? tf.scalar(NaN))).toEqual(Array<number>(8).fill(1))
    disposeParams(params)
  })

  it('descend with momentum and coupled decay: v ← μ·v + g + λ·θ, θ ← θ − η·v', () => {
    const state = { weights: tf.tensor1d([1, -2]), velocity: tf.tensor1d([0.5, 0]) }
    const gradient = tf.tensor1d([3, 1])
    const next = momentumUpdate(state, gradient, { rate: 0.1, momentum: 0.5, weightDecay: 0.25 })
    numbers(next.velocity).forEach((v, i) => expect(v).toBeCloseTo([3.5, 0.5][i] ?? NaN, 6))
    numbers(next.weights).forEach((w, i) => expect(w).toBeCloseTo([0.65, -2.05][i] ?? NaN, 6))
    tf.dispose([state.weights, state.velocity, gradient, next.weights, next.velocity])
  })

  it('are judged after half of their epochs at a tenth of the rate; figures spread with n − 1', async () => {
    const rates: number[] = []
    const compiler: Compiler = {
      ...EAGER,
      run(of, fn, inputs) {
        if (of.name.startsWith('momentum descent')) rates.push(inputs.at(-1)?.dataSync()[0] ?? NaN)
        return EAGER.run(of, fn, inputs)
      },
    }
    const rng = seededRng(7)
    const train = { x: tf.concat4d([real(0, 1, rng), real(1, 1, rng)], 0), labels: [0, 1] }
    const test = { x: tf.tensor4d(rng.uniformArray(40 * SIZE ** 2), [40, SIZE, SIZE, 1]), labels: train.labels }
    const tests = [{ ...test, labels: Array.from({ length: 40 }, (_, i) => i % 2) }]
    const settings = { ...AUTHORS_EVALUATION, networks: 3, epochs: 4, rate: 0.02 }
    const [found] = await evaluateCondensed(net, { train, tests, compiler }, settings)
    tf.dispose([train.x, test.x])
    expect(rates).toHaveLength(12)
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(i % 4 < 2 ? 0.02 : 0.002, 6))
    for (const figure of [found?.accuracy, found?.auc]) {
      const each = figure?.perNetwork ?? []
      const mean = each.reduce((sum, value) => sum + value, 0) / 3
      const squares = each.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      expect(figure?.mean).toBeCloseTo(mean, 9)
      expect(figure?.deviation).toBeCloseTo(Math.sqrt(squares / 2), 9)
    }
    expect(found?.auc?.deviation).toBeGreaterThan(0)
  })
})
