import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { expect, it } from 'vitest'
import { adamGradient, adamUpdate, type AdamConfig } from '../../../main/engine/optim'

const CONFIG: AdamConfig = { beta1: 0.9, beta2: 0.995, epsilon: 1e-8, weightDecay: 0.01 }
const RATE = 0.02

/** θ' of one weight in double precision. */
function stepped(gradient: number, before: { first: number; second: number; steps: number }): number {
  const { beta1, beta2, epsilon } = CONFIG
  const [m, v] = [
    beta1 * before.first + (1 - beta1) * gradient,
    beta2 * before.second + (1 - beta2) * gradient * gradient,
  ]
  const steps = before.steps + 1
  return ((-RATE / (1 - beta1 ** steps)) * m) / (Math.sqrt(v) / Math.sqrt(1 - beta2 ** steps) + epsilon)
}

/** The derivative at g of θ' for each weight, and what the engine gives with a cotangent of 2. */
function slopes(gradient: number[], before: { first: number[]; second: number[]; steps: number }) {
  const found = tf.tidy(() => {
    const step = {
      ...{ weights: tf.ones([gradient.length]) as tf.Tensor1D, gradient: tf.tensor1d(gradient), rate: RATE },
      state: { first: tf.tensor1d(before.first), second: tf.tensor1d(before.second), steps: before.steps },
    }
    const after = adamUpdate(CONFIG, step).state
    return [...adamGradient(CONFIG, { step, after }, tf.fill([gradient.length], 2) as tf.Tensor1D).dataSync()]
  })
  const expected = gradient.map((g, i) => {
    const own = { first: before.first[i] ?? NaN, second: before.second[i] ?? NaN, steps: before.steps }
    const by = Math.abs(g) * 1e-4
    return (2 * (stepped(g + by, own) - stepped(g - by, own))) / (2 * by)
  })
  return { found, expected }
}

it('an AdamW step has the gradient of its finite differences, running moments and all', () => {
  const moments = { first: [0.1, -0.2, 0.03], second: [0.02, 0.3, 0.001], steps: 7 }
  const { found, expected } = slopes([0.5, -0.1, 1e-3], moments)
  found.forEach((value, i) => expect(value / (expected[i] ?? NaN)).toBeCloseTo(1, 4))
})

it('after a fresh start, where the step is all but lr·sign(g), the small rest is right', () => {
  const { found, expected } = slopes([1e-6, -2e-6], { first: [0, 0], second: [0, 0], steps: 0 })
  found.forEach((value, i) => expect(value / (expected[i] ?? NaN)).toBeCloseTo(1, 3))
})

it('where no gradient ever came, √v counts as constant', () => {
  const { found } = slopes([0], { first: [0], second: [0], steps: 3 })
  const expected = (-2 * RATE * (1 - CONFIG.beta1)) / (1 - CONFIG.beta1 ** 4) / CONFIG.epsilon
  expect((found[0] ?? NaN) / expected).toBeCloseTo(1, 4)
})
