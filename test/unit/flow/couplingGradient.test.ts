import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { couplingForward, couplingInverse, type LayerOutput } from '../../../main/engine/flow/coupling'
import { foldCouplings, type CouplingWeights } from '../../../main/engine/flow/couplingFold'
import { networkInputs } from '../../../main/engine/flow/couplingNetwork'
import type { FlowConfig } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { plainCoupling } from '../../support/plainCoupling'
import { randomFlowParams, randomTensor } from '../../support/randomFlow'

type Pass = (weights: CouplingWeights, x: tf.Tensor4D) => LayerOutput
const KINDS = ['affine', 'additive'] as const
const DIRECTIONS = ['forward', 'inverse'] as const

function setUp(kind: 'affine' | 'additive', frozen: boolean) {
  const config: FlowConfig = { size: 16, channels: 3, levels: 1, steps: 1, hidden: 16, coupling: kind }
  const rng = seededRng(21)
  const [weights] = foldCouplings(randomFlowParams(config, 22), ['level0.step0'], { affine: kind === 'affine', frozen })
  if (!weights) throw new Error('one coupling')
  const x = randomTensor(rng, [2, 8, 8, 12], 1) as tf.Tensor4D
  const cotangent = { output: randomTensor(rng, [2, 8, 8, 12], 1), logDet: randomTensor(rng, [2, 8, 8], 1) }
  const pass = (direction: 'forward' | 'inverse'): Pass => (direction === 'forward' ? couplingForward : couplingInverse)
  const loss = (run: Pass, [input, ...rest]: tf.Tensor[]): tf.Scalar => {
    const [kernel1, bias1, kernel2, bias2, kernel3, bias3] = rest as [
      tf.Tensor4D,
      tf.Tensor1D,
      tf.Tensor4D,
      tf.Tensor1D,
      tf.Tensor4D,
      tf.Tensor1D,
    ]
    const used = rest.length > 0 ? { ...weights, kernel1, bias1, kernel2, bias2, kernel3, bias3 } : weights
    const { output, logDet } = run(used, input as tf.Tensor4D)
    const sum = tf.sum(tf.mul(output, cotangent.output))
    return (logDet ? tf.add(sum, tf.sum(tf.mul(logDet, cotangent.logDet))) : sum) as tf.Scalar
  }
  return { weights, x, pass, loss }
}

const relative = (a: tf.Tensor, b: tf.Tensor) => tf.div(tf.norm(tf.sub(a, b)), tf.norm(b)).dataSync()[0] ?? NaN

describe.each(KINDS)('%s coupling: the hand-written backward pass', (kind) => {
  it.each(DIRECTIONS)('equals autodiff for input and every weight, %s', (direction) => {
    tf.tidy(() => {
      const { weights, x, pass, loss } = setUp(kind, false)
      const inputs = [x, ...networkInputs(weights)]
      const plain: Pass = (w, v) => plainCoupling(w, v, direction)
      const byHand = tf.grads((...args: tf.Tensor[]) => loss(pass(direction), args))(inputs)
      const byTape = tf.grads((...args: tf.Tensor[]) => loss(plain, args))(inputs)
      byHand.forEach((gradient, i) => expect(relative(gradient, byTape[i] ?? gradient)).toBeLessThan(1e-5))
    })
  })

  it.each(DIRECTIONS)('with frozen weights equals autodiff and finite differences, %s', (direction) => {
    tf.tidy(() => {
      const { weights, x, pass, loss } = setUp(kind, true)
      const gradient = tf.grad((v: tf.Tensor) => loss(pass(direction), [v]))(x)
      const byTape = tf.grad((v: tf.Tensor) => loss((w, u) => plainCoupling(w, u, direction), [v]))(x)
      expect(networkInputs(weights)).toEqual([])
      expect(relative(gradient, byTape)).toBeLessThan(1e-5)
      // small enough that no ReLU changes sides on the way
      const way = randomTensor(seededRng(23), x.shape, 1)
      const step = 1e-5
      const at = (t: number) => loss(pass(direction), [tf.add(x, tf.mul(way, t))]).dataSync()[0] ?? NaN
      const slope = (at(step) - at(-step)) / (2 * step)
      const norm = tf.norm(gradient).dataSync()[0] ?? NaN
      expect(Math.abs((tf.sum(tf.mul(gradient, way)).dataSync()[0] ?? NaN) - slope) / norm).toBeLessThan(0.05)
    })
  })
})
