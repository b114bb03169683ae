import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'
import type { Params } from '../tensor'
import { couplingOutputs, levelShapes, type FlowConfig, type LevelShape } from './config'
import { randomRotationFactors } from './rotation'

const KERNEL_STD = 0.05

/**
 * Starting weights: conv1 and conv2 normal with std 0.05, conv3 zero (every coupling starts as the same scaling), 1×1
 * convolutions random rotations, actnorms zero until `initialiseActnorms` sets them from a first batch.
 */
export function initFlow(config: FlowConfig, rng: Rng): Params {
  const params: Record<string, tf.Tensor> = {}
  for (const [level, shape] of levelShapes(config).entries()) {
    for (let step = 0; step < shape.steps; step++)
      Object.assign(params, initStep(config, shape, { prefix: `level${level}.step${step}`, rng }))
    for (const name of ['bias', 'logs'])
      params[`level${level}.prior.actnorm.${name}`] = tf.zeros([shape.size, shape.size, shape.toPrior])
  }
  return params
}

function initStep(config: FlowConfig, shape: LevelShape, context: { prefix: string; rng: Rng }): Params {
  const { prefix, rng } = context
  const { channels, hidden } = shape
  const outputs = couplingOutputs(config, shape)
  const normal = (dims: [number, number, number, number]) =>
    tf.tensor4d(
      rng.normalArray(dims[0] * dims[1] * dims[2] * dims[3]).map((v) => v * KERNEL_STD),
      dims,
    )
  const { p, l, u, sign, logS } = randomRotationFactors(channels, rng)
  const matrix = (values: Float32Array) => tf.tensor2d(values, [channels, channels])
  return {
    [`${prefix}.actnorm.bias`]: tf.zeros([channels]),
    [`${prefix}.actnorm.logs`]: tf.zeros([channels]),
    [`${prefix}.conv1x1.p`]: matrix(p),
    [`${prefix}.conv1x1.l`]: matrix(l),
    [`${prefix}.conv1x1.u`]: matrix(u),
    [`${prefix}.conv1x1.sign_s`]: tf.tensor1d(sign),
    [`${prefix}.conv1x1.log_s`]: tf.tensor1d(logS),
    [`${prefix}.coupling.conv1.weight`]: normal([3, 3, channels / 2, hidden]),
    [`${prefix}.coupling.actnorm1.bias`]: tf.zeros([hidden]),
    [`${prefix}.coupling.actnorm1.logs`]: tf.zeros([hidden]),
    [`${prefix}.coupling.conv2.weight`]: normal([1, 1, hidden, hidden]),
    [`${prefix}.coupling.actnorm2.bias`]: tf.zeros([hidden]),
    [`${prefix}.coupling.actnorm2.logs`]: tf.zeros([hidden]),
    [`${prefix}.coupling.conv3.weight`]: tf.zeros([3, 3, hidden, outputs]),
    [`${prefix}.coupling.conv3.bias`]: tf.zeros([outputs]),
    [`${prefix}.coupling.conv3.logs`]: tf.zeros([outputs]),
  }
}
