import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'
import { param, registerSecondOrderGradients, type Params } from '../tensor'
import { blockBackward, blockForward, type BlockTrace, type BlockWeights } from './block'
import { blockNames, featureSize, type CondenseNetConfig } from './config'
import { initCondenseNet } from './init'

/** Pictures in flow range [N, H, W, C] and the probabilities wanted for them [N, classes]. */
export interface NetBatch {
  readonly g: tf.Tensor4D
  readonly targets: tf.Tensor2D
}

/** A pure network: weights go in at every call. Results are fresh tensors. */
export interface CondenseNet {
  readonly config: CondenseNetConfig
  init(rng: Rng): Params
  /** Logits [N, classes]. */
  forward(params: Params, g: tf.Tensor4D): tf.Tensor2D
  /**
   * Cross-entropy summed over the batch and divided by `count`, and its gradient for every weight, under the weights'
   * names. `count` is the batch's size where absent; that of the whole where the batch is a part of one.
   * Differentiable with respect to the pictures: condensation needs the gradient of a function of this gradient.
   */
  lossGradient(params: Params, batch: NetBatch, count?: number): { loss: tf.Scalar; gradient: Params }
}

export function condenseNet(config: CondenseNetConfig): CondenseNet {
  registerSecondOrderGradients()
  featureSize(config)
  return {
    config,
    init: (rng) => initCondenseNet(config, rng),
    forward: (params, g) => tf.tidy(() => pass(config, params, g).logits),
    lossGradient: (params, batch, count) =>
      tf.tidy(() => lossGradient(config, params, { ...batch, count: count ?? batch.g.shape[0] })),
  }
}

interface Pass {
  readonly logits: tf.Tensor2D
  /** What enters the dense layer [N, features]. */
  readonly features: tf.Tensor2D
  readonly blocks: readonly { name: string; weights: BlockWeights; trace: BlockTrace }[]
  /** Shape of the last block's output. */
  readonly shape: [number, number, number, number]
}

function pass(config: CondenseNetConfig, params: Params, g: tf.Tensor4D): Pass {
  const side: [number, number] = [config.firstPadding - 1, config.firstPadding - 1]
  const blocks: { name: string; weights: BlockWeights; trace: BlockTrace }[] = []
  let x: tf.Tensor4D = config.firstPadding > 1 ? tf.pad4d(g, [[0, 0], side, side, [0, 0]]) : g
  for (const name of blockNames(config)) {
    const weights = blockWeights(params, name)
    const { trace, output } = blockForward(weights, x)
    blocks.push({ name, weights, trace })
    x = output
  }
  const features = tf.reshape(x, [x.shape[0], -1]) as tf.Tensor2D
  const dense = tf.matMul(features, param(params, 'classifier.weight') as tf.Tensor2D)
  return { logits: tf.add(dense, param(params, 'classifier.bias')), features, blocks, shape: x.shape }
}

function blockWeights(params: Params, name: string): BlockWeights {
  return {
    kernel: param(params, `${name}.conv.weight`) as tf.Tensor4D,
    scale: param(params, `${name}.norm.weight`) as tf.Tensor1D,
    shift: param(params, `${name}.norm.bias`) as tf.Tensor1D,
  }
}

function lossGradient(
  config: CondenseNetConfig,
  params: Params,
  { g, targets, count }: NetBatch & { count: number },
): { loss: tf.Scalar; gradient: Params } {
  const { logits, features, blocks, shape } = pass(config, params, g)
  const loss = tf.div(tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)))), count) as tf.Scalar
  const dLogits = tf.div(tf.sub(tf.softmax(logits), targets), count) as tf.Tensor2D
  const gradient: Record<string, tf.Tensor> = {
    'classifier.weight': tf.matMul(features, dLogits, true),
    'classifier.bias': tf.sum(dLogits, 0),
  }
  const dFeatures = tf.matMul(dLogits, param(params, 'classifier.weight') as tf.Tensor2D, false, true)
  let dOutput: tf.Tensor4D = tf.reshape(dFeatures, shape)
  for (const [block, { name, weights, trace }] of [...blocks.entries()].reverse()) {
    const found = blockBackward(weights, trace, { dOutput, toInput: block > 0 })
    gradient[`${name}.conv.weight`] = found.kernel
    gradient[`${name}.conv.bias`] = tf.zerosLike(found.shift)
    gradient[`${name}.norm.weight`] = found.scale
    gradient[`${name}.norm.bias`] = found.shift
    if (found.input) dOutput = found.input
  }
  return { loss, gradient: Object.fromEntries(Object.keys(params).map((name) => [name, param(gradient, name)])) }
}
