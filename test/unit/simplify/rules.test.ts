import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { disposeFlow, withNoise } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { simplifierNet, type SimplifierSettings } from '../../../main/engine/simplify'
import { l2Price } from '../../../main/engine/simplify/price'
import { disposeParams, smoothed } from '../../../main/engine/tensor'
import { disposeBatch, halvesBatch, halvesTraining } from '../../support/halvesTask'

const numbers = (tensor: tf.Tensor) => [...tensor.dataSync<'float32'>()]

describe('the simplifier network, its layers chosen by hand', () => {
  const [first, last] = ['first.weight', 'last.weight']
  /** All weights zero but those given: what enters `first`'s middle is read by `last`, `bias` is added. */
  function handMade(net: ReturnType<typeof simplifierNet>, of: { through: number; bias: number; multiplier: number }) {
    const started = net.init(seededRng(1))
    const middle = (shape: number[]) => {
      const values = new Float32Array(tf.util.sizeFromShape(shape))
      // the kernel's middle, from the first channel to the first channel
      values[4 * (shape[2] ?? 1) * (shape[3] ?? 1)] = of.through
      return tf.tensor(values, shape)
    }
    const params = Object.fromEntries(
      Object.entries(started).map(([name, tensor]) => {
        if (name === 'multiplier') return [name, tf.scalar(of.multiplier)]
        if (name === 'last.bias') return [name, tf.fill(tensor.shape, of.bias)]
        if (name === first || name === last) return [name, middle(tensor.shape)]
        return [name, name.endsWith('.scale') ? tf.ones(tensor.shape) : tf.zeros(tensor.shape)]
      }),
    )
    disposeParams(started)
    return params
  }
  const logit = (p: number) => Math.log(p / (1 - p))
  const sigmoid = (at: number) => 1 / (1 + Math.exp(-at))
  const light = seededRng(5)
    .uniformArray(64)
    .map((value) => 0.5 + value / 2)

  it('moves the logit by the multiplied change, black and white kept a thousandth inside', () => {
    const net = simplifierNet({ size: 8, channels: 1, width: 2 })
    const params = handMade(net, { through: 0, bias: 3, multiplier: 0.5 })
    const x = tf.tensor4d(
      Float32Array.from({ length: 64 }, (_, i) => i / 63),
      [1, 8, 8, 1],
    )
    numbers(net.apply(params, x)).forEach((value, i) => {
      const inside = Math.min(1 - 1e-3, Math.max(1e-3, i / 63))
      expect(value).toBeCloseTo(sigmoid(logit(inside) + 1.5), 5)
    })
    x.dispose()
    disposeParams(params)
  })

  it('sees the picture itself from −1 to 1, also where its change is added to a blur', () => {
    const net = simplifierNet({ size: 8, channels: 1, width: 2, blur: 1 })
    const params = handMade(net, { through: 1, bias: 0, multiplier: 2 })
    const x = tf.tensor4d(light, [1, 8, 8, 1])
    const blurred = numbers(smoothed(x, 1))
    // light pixels pass an ELU as they are
    numbers(net.apply(params, x)).forEach((value, i) =>
      expect(value).toBeCloseTo(sigmoid(logit(blurred[i] ?? NaN) + 2 * (2 * (light[i] ?? NaN) - 1)), 4),
    )
    x.dispose()
    disposeParams(params)
  })
})

it('the cheap price is the mean squared distance from mid grey, with its gradient', () => {
  tf.tidy(() => {
    const simple = tf.tensor4d([0, 0.5, 1, 0.75, 0.5, 0.5, 0.5, 0.3], [2, 2, 2, 1])
    const { each, gradient } = l2Price({ simple, noise: tf.zerosLike(simple) }, tf.tensor1d([1, 3]))
    numbers(each).forEach((cost, i) => expect(cost).toBeCloseTo([0.5625 / 4, 0.04 / 4][i] ?? NaN, 6))
    const slopes = [-0.25, 0, 0.25, 0.125, 0, 0, 0, 3 * -0.1]
    numbers(gradient).forEach((slope, i) => expect(slope).toBeCloseTo(slopes[i] ?? NaN, 6))
  })
})

describe('a step of the joint training', () => {
  const SETTINGS = { classifierRate: 1e-2, simplifierRate: 2e-2, tau: 0.3, lambda: 4 }
  function moments(changes: Partial<SimplifierSettings>) {
    const { trainer, flow } = halvesTraining({ ...SETTINGS, ...changes })
    const batch = halvesBatch(3)
    const weights = numbers(trainer.state.simplifier.weights)
    const report = trainer.step(batch)
    const { simplifier, classifier } = trainer.state
    const of = ({ adam }: typeof simplifier) => ({ first: numbers(adam.first), second: numbers(adam.second) })
    const found = { weights, report, simplifier: of(simplifier), classifier: of(classifier) }
    disposeBatch(batch)
    trainer.dispose()
    disposeFlow(flow)
    return found
  }

  it('keeps moments as published: β 0.5 and 0.99 of the simplifier, 0.9 and 0.995 of the classifier', () => {
    const { simplifier, classifier } = moments({})
    // behind one step first² / second is (1 − β₁)² / (1 − β₂), whatever the gradient
    const check = (of: typeof simplifier, ratio: number) => {
      const told = of.first.flatMap((first, i) => (Math.abs(first) > 1e-6 ? [first ** 2 / (of.second[i] ?? NaN)] : []))
      expect(told.length).toBeGreaterThan(10)
      for (const found of told) expect(found / ratio).toBeCloseTo(1, 2)
    }
    check(simplifier, 0.5 ** 2 / 0.01)
    check(classifier, 0.1 ** 2 / 0.005)
  })

  it('pulls the simplifier’s weights towards zero by its L2 penalty', () => {
    const [free, pulled] = [moments({ simplifierDecay: 0 }), moments({ simplifierDecay: 0.1 })]
    const largest = Math.max(...free.weights.map(Math.abs))
    expect(largest).toBeGreaterThan(0.1)
    pulled.simplifier.first.forEach((first, i) =>
      expect(first - (free.simplifier.first[i] ?? NaN)).toBeCloseTo(0.5 * 0.1 * (free.weights[i] ?? NaN), 5),
    )
  })

  it('tells bits also where the distance from grey is pressed on', () => {
    const [bits, grey] = [moments({ pressure: 'bits' }), moments({ pressure: 'l2' })]
    expect(grey.report.bpdSimplified).toBeCloseTo(bits.report.bpdSimplified, 5)
    expect(bits.report.bpdSimplified).toBeGreaterThan(1)
  })
})

it('a warm-up step sees pictures under noise', () => {
  const lossOf = (quiet: boolean) => {
    const { trainer, flow } = halvesTraining({ identitySteps: 1 })
    const batch = halvesBatch(3)
    // stronger than it ever is, so that it shows
    const noise = tf.mul(batch.noise, 100) as tf.Tensor4D
    const moved = quiet ? { ...batch, x: withNoise(batch.x, noise), noise: tf.zerosLike(noise) } : { ...batch, noise }
    const { before } = trainer.step(moved)
    if (quiet) tf.dispose([moved.x, moved.noise])
    noise.dispose()
    disposeBatch(batch)
    trainer.dispose()
    disposeFlow(flow)
    return before
  }
  expect(lossOf(false)).toBeCloseTo(lossOf(true), 6)
})
