import * as tf from '@tensorflow/tfjs-core'
import { activate, softmaxCrossEntropy, standardise, type Activation, type ClassifierNet } from '../classifier'
import { layoutOf, unravel, valueAndGradient, type Params } from '../tensor'
import {
  absoluteDeviation,
  l2Deviation,
  relativeDeviation,
  tidied,
  toNchw,
  toNhwc,
  type GoldenCheck,
} from './deviation'
import { wideResNet } from './wideResNet'

interface WrnJson {
  config: {
    depth: number
    widen: number
    classes: number
    activation: Activation
    alpha: number
    mean: number[]
    std: number[]
    parameters: string[]
  }
  labels: number[]
  loss: number
  grad_norms: Record<string, number>
}
type Tensors = Readonly<Record<string, tf.Tensor>>

const LIMIT = { loss: 1e-5, logits: 1e-5, features: 1e-4, standardised: 1e-5, gradients: 1e-4 }

/** Topic `wrn`: logits, position means, standardised weights, gradients to pixels and weights of the norm-free wide net. */
export const checkWrn: GoldenCheck = (tensors, json) =>
  tidied(() => {
    const golden = json as WrnJson
    const { config } = golden
    const x = toNhwc(need(tensors, 'x'))
    const net = wideResNet({ ...config, size: x.shape[1], channels: x.shape[3] })
    const params = Object.fromEntries(config.parameters.map((name) => [name, ours(need(tensors, `net.${name}`))]))
    const targets = tf.oneHot(tf.tensor1d(golden.labels, 'int32'), config.classes, 1, 0, 'float32') as tf.Tensor2D
    const loss = softmaxCrossEntropy(net.forward(net.freeze(params), x), targets)
    const found = { ...features(net, params, x), ...standardisedWeights(tensors, params) }
    const slopes = gradients(net, params, { x, targets })
    const stored = (name: string) => Object.keys(tensors).filter((key) => key.startsWith(name))
    return [
      relativeDeviation('loss', LIMIT.loss, [loss, [golden.loss]]),
      ...stored('logits').map((name) =>
        absoluteDeviation(name, LIMIT.logits, [need(found, name), need(tensors, name)]),
      ),
      ...stored('feature_mean.').map((name) =>
        absoluteDeviation(name, LIMIT.features, [need(found, name), need(tensors, name)]),
      ),
      ...stored('standardised.').map((name) =>
        absoluteDeviation(name, LIMIT.standardised, [need(found, name), need(tensors, name)]),
      ),
      ...stored('grad.').map((name) => l2Deviation(name, LIMIT.gradients, [need(slopes, name), need(tensors, name)])),
      ...Object.entries(golden.grad_norms).map(([name, norm]) =>
        relativeDeviation(`norm of grad.${name}`, LIMIT.gradients, [tf.norm(need(slopes, `grad.${name}`)), [norm]]),
      ),
    ]
  })

function features(net: ClassifierNet, params: Params, x: tf.Tensor4D): Record<string, tf.Tensor> {
  const entering: tf.Tensor[] = []
  const recording = (value: tf.Tensor4D) => {
    if (entering.length === 0) entering.push(tf.keep(tf.mean(value, [1, 2])))
    return activate(value, net.plan.activation)
  }
  const { logits, inputs } = net.forwardWithInputs(net.freeze(params), x, { activate: recording })
  const mean = (value: tf.Tensor | undefined) => (value ? tf.mean(value, [1, 2]) : tf.tensor1d([NaN]))
  const found: Record<string, tf.Tensor> = { logits }
  for (const stem of entering) {
    found['feature_mean.stem'] = tf.clone(stem)
    stem.dispose()
  }
  net.plan.stages.forEach((_, stage) => {
    const next = inputs[`stage${stage + 1}.block0.shortcut`]
    found[`feature_mean.stage${stage}`] = next ? mean(next) : (inputs['head'] ?? mean(undefined))
  })
  return found
}

function standardisedWeights(tensors: Tensors, params: Params): Record<string, tf.Tensor> {
  const names = Object.keys(tensors).filter((name) => name.startsWith('standardised.'))
  return Object.fromEntries(
    names.map((name) => {
      const weight = name.slice('standardised.'.length)
      const gain = need(params, weight.replace(/weight$/, 'gain'))
      return [name, theirs(standardise(need(params, weight), gain))]
    }),
  )
}

function gradients(
  net: ClassifierNet,
  params: Params,
  batch: { x: tf.Tensor4D; targets: tf.Tensor2D },
): Record<string, tf.Tensor> {
  const lossOf = (p: Params, x: tf.Tensor4D) => softmaxCrossEntropy(net.forward(net.freeze(p), x), batch.targets)
  const layout = layoutOf(params)
  const { gradient } = valueAndGradient((p) => lossOf(p, batch.x), params, layout)
  const found = Object.entries(unravel(gradient, layout)).map(([name, value]) => [`grad.${name}`, theirs(value)])
  const pixels = tf.grad((x: tf.Tensor) => lossOf(params, x as tf.Tensor4D))(batch.x)
  return { ...Object.fromEntries(found), 'grad.x': toNchw(pixels) }
}

/** OIHW → HWIO, [out, in] → [in, out], gains [out, 1, 1, 1] → [out]. */
function ours(stored: tf.Tensor): tf.Tensor {
  if (stored.rank === 2) return tf.transpose(stored)
  if (stored.rank !== 4) return stored
  const isGain = stored.shape.slice(1).every((length) => length === 1)
  return isGain ? tf.reshape(stored, [-1]) : tf.transpose(stored, [2, 3, 1, 0])
}

function theirs(own: tf.Tensor): tf.Tensor {
  if (own.rank === 2) return tf.transpose(own)
  return own.rank === 4 ? tf.transpose(own, [3, 2, 0, 1]) : own
}

function need(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name]
  if (!tensor) throw new Error(`The golden set has no tensor named ${name}`)
  return tensor
}
