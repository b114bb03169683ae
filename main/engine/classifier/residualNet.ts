import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'
import { param, type Params } from '../tensor'
import { activate, GAMMA } from './activation'
import { planLayers, type LayerSpec, type ResidualPlan } from './plan'
import { standardise } from './standardise'

export interface ForwardOptions {
  /** Added to what enters the layer of that name: with zeros, their gradient is the gradient at the layer's input. */
  readonly offsets?: Readonly<Record<string, tf.Tensor>>
  /** The same for the last feature maps, those whose mean over positions enters the head. */
  readonly featureOffset?: tf.Tensor
  /** Takes the place of the activation (without γ), for instance with another derivative. */
  readonly activate?: (x: tf.Tensor4D) => tf.Tensor4D
}

/** A classifier as training, inference and audit use it. Pure: weights go in as a `Params`. */
export interface ClassifierNet {
  readonly plan: ResidualPlan
  /** Layers with weights, in the order in which they run. */
  readonly layers: readonly LayerSpec[]
  /** Seeded starting weights: `<layer>.weight`, `.bias`, `.gain` (`head` without gain). The caller disposes. */
  init(rng: Rng): Params
  /**
   * Standardises and folds γ and the residual factor once: `<layer>.kernel` and `.bias`. Differentiable (training calls it
   * inside the loss); the caller disposes.
   */
  freeze(params: Params): Params
  /**
   * @param frozen from `freeze`
   * @param x [batch, size, size, channels], pixels in [0, 1]
   * @returns logits [batch, heads]
   */
  forward(frozen: Params, x: tf.Tensor4D, options?: ForwardOptions): tf.Tensor2D
  /**
   * Also what enters each layer, by layer name (γ of the activation is in the layer's kernel, not here), and the last
   * feature maps [batch, height, width, channels].
   */
  forwardWithInputs(
    frozen: Params,
    x: tf.Tensor4D,
    options?: ForwardOptions,
  ): { logits: tf.Tensor2D; inputs: Record<string, tf.Tensor>; features: tf.Tensor4D }
}

/**
 * A residual network without normalisation (Brock et al. 2021): stem, blocks shortcut(h) + α·conv2(act(conv1(act(h)))), activation where
 * the plan asks for one, mean over positions, one dense head.
 */
export function residualNet(plan: ResidualPlan): ClassifierNet {
  const layers = planLayers(plan)
  const forwardWithInputs: ClassifierNet['forwardWithInputs'] = (frozen, x, options = {}) => {
    const inputs: Record<string, tf.Tensor> = {}
    const entering = <T extends tf.Tensor>(layer: LayerSpec, value: T): T => {
      const offset = options.offsets?.[layer.name]
      const entered = offset ? (tf.add(value, offset) as T) : value
      inputs[layer.name] = entered
      return entered
    }
    const convolve = (layer: LayerSpec, value: tf.Tensor4D): tf.Tensor4D => {
      const kernel = param(frozen, `${layer.name}.kernel`) as tf.Tensor4D
      return tf.add(convolution(entering(layer, value), kernel, layer), param(frozen, `${layer.name}.bias`))
    }
    const act = options.activate ?? ((value: tf.Tensor4D) => activate(value, plan.activation))

    let h = tf.div(tf.sub(x, tf.tensor1d([...plan.mean])), tf.tensor1d([...plan.std])) as tf.Tensor4D
    layers.stem.forEach((layer, index) => (h = convolve(layer, index === 0 ? h : act(h))))
    for (const { conv1, conv2, shortcut } of layers.blocks) {
      const kept = shortcut ? convolve(shortcut, h) : h
      h = tf.add(convolve(conv2, act(convolve(conv1, act(h)))), kept)
    }
    const last = plan.finalActivation ? act(h) : h
    const features = options.featureOffset ? tf.add<tf.Tensor4D>(last, options.featureOffset) : last
    const pooled = tf.mean(features, [1, 2]) as tf.Tensor2D
    const kernel = param(frozen, 'head.kernel') as tf.Tensor2D
    const logits = tf.add(tf.matMul(entering(layers.head, pooled), kernel), param(frozen, 'head.bias')) as tf.Tensor2D
    return { logits, inputs, features }
  }
  return {
    plan,
    layers: layers.all,
    init: (rng) => Object.fromEntries(layers.all.flatMap((layer) => initLayer(layer, rng))),
    freeze: (params) =>
      Object.fromEntries(layers.all.flatMap((layer) => freezeLayer(layer, params, GAMMA[plan.activation]))),
    forward: (frozen, x, options) => tf.tidy(() => forwardWithInputs(frozen, x, options).logits),
    forwardWithInputs: (frozen, x, options) => tf.tidy(() => forwardWithInputs(frozen, x, options)),
  }
}

/** Zero padding of (kernel − 1)/2 on all sides; TensorFlow's 'same' would pad a strided convolution on one side only. */
function convolution(x: tf.Tensor4D, kernel: tf.Tensor4D, layer: LayerSpec): tf.Tensor4D {
  const margin = (layer.kernel - 1) / 2
  if (layer.stride === 1 || margin === 0) return tf.conv2d(x, kernel, layer.stride, 'same')
  const side: [number, number] = [margin, margin]
  return tf.conv2d(tf.pad4d(x, [[0, 0], side, side, [0, 0]]), kernel, layer.stride, 'valid')
}

function initLayer(layer: LayerSpec, rng: Rng): [string, tf.Tensor][] {
  const { name, kind, kernel, inputs, outputs } = layer
  const shape = kind === 'dense' ? [inputs, outputs] : [kernel, kernel, inputs, outputs]
  const fan = kernel * kernel * inputs
  const values = rng.normalArray(fan * outputs).map((value) => value / Math.sqrt(fan))
  const common: [string, tf.Tensor][] = [
    [`${name}.weight`, tf.tensor(values, shape)],
    [`${name}.bias`, tf.zeros([outputs])],
  ]
  return kind === 'dense' ? common : [...common, [`${name}.gain`, tf.ones([outputs])]]
}

function freezeLayer(layer: LayerSpec, params: Params, gamma: number): [string, tf.Tensor][] {
  const { name, kind, factor, activated } = layer
  const weight = param(params, `${name}.weight`)
  const bias = param(params, `${name}.bias`)
  const scale = factor * (activated ? gamma : 1)
  const kernel = tf.tidy(() =>
    tf.mul(kind === 'dense' ? weight : standardise(weight, param(params, `${name}.gain`)), scale),
  )
  return [
    [`${name}.kernel`, kernel],
    [`${name}.bias`, tf.mul(bias, factor)],
  ]
}
