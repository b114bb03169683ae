import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { couplingForward, couplingInverse } from '../../../main/engine/flow/coupling'
import { foldCouplings, type CouplingWeights } from '../../../main/engine/flow/couplingFold'
import { levelShapes, type FlowConfig } from '../../../main/engine/flow/config'
import { foldMixes, invertMix, mixForward, type MixWeights } from '../../../main/engine/flow/mix'
import { foldPrior, fromStandard, priorLogDensity, toStandard } from '../../../main/engine/flow/prior'
import { squeeze, unsqueeze } from '../../../main/engine/flow/squeeze'
import { seededRng } from '../../../main/engine/rng'
import type { Params } from '../../../main/engine/tensor'
import { logAbsDeterminant } from '../../support/linearAlgebra'
import { randomFlowParams, randomTensor } from '../../support/randomFlow'

const config: FlowConfig = { size: 4, channels: 1, levels: 1, steps: 1, hidden: 6, coupling: 'affine' }
const [shape] = levelShapes(config)
if (!shape) throw new Error('one level')
const rng = seededRng(11)
let x: tf.Tensor4D
let mix: MixWeights

beforeEach(() => {
  tf.engine().startScope()
  x = randomTensor(rng, [1, 2, 2, 4], 1) as tf.Tensor4D
  const [folded] = foldMixes(randomFlowParams(config, 3), ['level0.step0'], shape)
  if (!folded) throw new Error('one mix')
  mix = folded
})
afterEach(() => tf.engine().endScope())

/** ln |det ∂f/∂x| from the whole Jacobian, one row an output. */
function bruteForce(f: (x: tf.Tensor4D) => tf.Tensor): number {
  const n = x.size
  const row = (i: number) =>
    tf.grad((v: tf.Tensor) => tf.gather(tf.reshape(f(v as tf.Tensor4D), [-1]), i).asScalar())(x)
  const rows = Array.from({ length: n }, (_, i) => Array.from(row(i).dataSync()))
  return logAbsDeterminant(rows.flat(), n)
}
function oneCoupling(params: Params, prefix: string, affine: boolean): CouplingWeights {
  const [coupling] = foldCouplings(params, [prefix], { affine, frozen: false })
  if (!coupling) throw new Error('one coupling')
  return coupling
}
const value = (tensor: tf.Tensor) => tensor.dataSync()[0] ?? NaN
const largestDifference = (a: tf.Tensor, b: tf.Tensor) => value(tf.max(tf.abs(tf.sub(a, b))))

describe('squeeze', () => {
  it('orders channels 4·c + 2·dy + dx and undoes itself', () => {
    const picture = tf.tensor4d(
      Array.from({ length: 32 }, (_, i) => i),
      [1, 4, 4, 2],
    )
    const squeezed = squeeze(picture)
    expect(squeezed.shape).toEqual([1, 2, 2, 8])
    // position (0, 0): channel 0 of pixels (0,0) (0,1) (1,0) (1,1), then channel 1
    expect(Array.from(squeezed.dataSync().slice(0, 8))).toEqual([0, 2, 8, 10, 1, 3, 9, 11])
    expect(largestDifference(unsqueeze(squeezed), picture)).toBe(0)
  })
})

describe('actnorm and 1×1 convolution', () => {
  it('is undone by its inverse', () => {
    expect(largestDifference(mixForward(invertMix(mix), mixForward(mix, x)), x)).toBeLessThan(1e-5)
  })
  it('has the log-determinant of its Jacobian at 4 positions', () => {
    expect(4 * value(mix.logDet)).toBeCloseTo(
      bruteForce((v) => mixForward(mix, v)),
      4,
    )
    expect(value(invertMix(mix).logDet)).toBe(-value(mix.logDet))
  })
})

describe.each(['affine', 'additive'] as const)('%s coupling', (kind) => {
  const params = () => randomFlowParams({ ...config, coupling: kind }, 5)
  it('is undone by its inverse, which gives the same log-determinant', () => {
    const weights = oneCoupling(params(), 'level0.step0', kind === 'affine')
    const forward = couplingForward(weights, x)
    const inverse = couplingInverse(weights, forward.output)
    expect(largestDifference(inverse.output, x)).toBeLessThan(1e-5)
    if (kind === 'additive') expect([forward.logDet, inverse.logDet]).toEqual([null, null])
    else expect(largestDifference(forward.logDet as tf.Tensor, inverse.logDet as tf.Tensor)).toBeLessThan(1e-5)
  })
  it('has the log-determinant of its Jacobian', () => {
    const weights = oneCoupling(params(), 'level0.step0', kind === 'affine')
    const { logDet } = couplingForward(weights, x)
    expect(logDet ? value(tf.sum(logDet)) : 0).toBeCloseTo(
      bruteForce((v) => couplingForward(weights, v).output),
      4,
    )
  })
})

describe('prior', () => {
  it('standardises, undoes it, and its density has the scale’s log-determinant', () => {
    const weights = foldPrior(randomFlowParams(config, 7), 'level0')
    const z = toStandard(weights, x)
    expect(largestDifference(fromStandard(weights, z), x)).toBeLessThan(1e-5)
    const normal = -0.5 * value(tf.sum(tf.square(z))) - 0.5 * x.size * Math.log(2 * Math.PI)
    const logDet = value(tf.sum(priorLogDensity(weights, z))) - normal
    expect(logDet).toBeCloseTo(
      bruteForce((v) => toStandard(weights, v)),
      4,
    )
  })
})

describe('density', () => {
  it('of one step on two values integrates to 1 over the plane', () => {
    const two = { size: 1, channels: 2 }
    const params = {
      ...randomPlaneStep(5),
      'level0.prior.actnorm.bias': randomTensor(rng, [1, 1, 2], 0.3),
      'level0.prior.actnorm.logs': randomTensor(rng, [1, 1, 2], 0.3),
    }
    const [step] = foldMixes(params, ['s'], two)
    if (!step) throw new Error('one mix')
    const coupling = oneCoupling(params, 's', true)
    const prior = foldPrior(params, 'level0')
    const side = 401
    const reach = 12
    const cell = (2 * reach) / (side - 1)
    const grid = tf.linspace(-reach, reach, side)
    const points = tf.reshape(tf.stack(tf.meshgrid(grid, grid), 2), [side * side, 1, 1, 2]) as tf.Tensor4D
    const { output, logDet } = couplingForward(coupling, mixForward(step, points))
    const logp = tf.add(tf.add(priorLogDensity(prior, toStandard(prior, output)), logDet as tf.Tensor), step.logDet)
    expect(value(tf.sum(tf.exp(logp))) * cell * cell).toBeCloseTo(1, 3)
  })
})

/** A step on one position with two channels: one stays, one is changed. */
function randomPlaneStep(hidden: number): Record<string, tf.Tensor> {
  const r = (dims: number[], scale: number) => randomTensor(rng, dims, scale)
  return {
    's.actnorm.bias': r([2], 0.3),
    's.actnorm.logs': r([2], 0.3),
    's.conv1x1.p': tf.tensor2d([0, 1, 1, 0], [2, 2]),
    's.conv1x1.l': r([2, 2], 0.5),
    's.conv1x1.u': r([2, 2], 0.5),
    's.conv1x1.sign_s': tf.tensor1d([1, -1]),
    's.conv1x1.log_s': r([2], 0.3),
    's.coupling.conv1.weight': r([3, 3, 1, hidden], 0.5),
    's.coupling.actnorm1.bias': r([hidden], 0.5),
    's.coupling.actnorm1.logs': r([hidden], 0.3),
    's.coupling.conv2.weight': r([1, 1, hidden, hidden], 0.5),
    's.coupling.actnorm2.bias': r([hidden], 0.5),
    's.coupling.actnorm2.logs': r([hidden], 0.3),
    's.coupling.conv3.weight': r([3, 3, hidden, 2], 0.3),
    's.coupling.conv3.bias': r([2], 0.3),
    's.coupling.conv3.logs': r([2], 0.2),
  }
}
