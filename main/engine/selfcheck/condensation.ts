import * as tf from '@tensorflow/tfjs-core'
import {
  bpdGradient,
  condenseNet,
  distancePerLayer,
  exportCondenseNet,
  importCondenseNet,
  lossWeights,
  matchGradient,
  picturesOf,
  realGradient,
  toAlpha,
  type CondenseNet,
} from '../condense'
import { bits, disposeFlow, importFlow, prepareFlow, toFlowRange, type PreparedFlow } from '../flow'
import { disposeParams, param, type Params } from '../tensor'
import {
  absoluteDeviation,
  l2Deviation,
  relativeDeviation,
  tidied,
  toNchw,
  toNhwc,
  type Deviation,
  type GoldenCheck,
} from './deviation'
import { configOf } from './glow'

const LIMIT = { bits: 1e-5, values: 1e-5, gradients: 1e-4, secondDerivatives: 1e-3 }

interface CondensationJson {
  readonly config: {
    readonly size: number
    readonly chans: 1 | 3
    readonly width: number
    readonly depth: number
    readonly classes: number
    readonly real_per_class: number
    readonly ipc: number
    readonly bits_weight_w: number
    readonly first_convolution_padding: 1 | 3
    readonly flow: Parameters<typeof configOf>[0]['config']
    readonly parameters: readonly string[]
  }
  readonly loss_real: readonly number[]
  readonly loss_synthetic: readonly number[]
  readonly distance_per_layer: readonly Record<string, number>[]
  readonly distance_per_class: readonly number[]
  readonly distance_total: number
  readonly bits: number[]
  readonly bpd: readonly number[]
  readonly match_weight: number
  readonly bits_weight: number
  readonly loss: number
}

/** A golden set, loaded: networks and pictures in the engine's layout. */
interface CondensationSet {
  readonly tensors: Readonly<Record<string, tf.Tensor>>
  readonly golden: CondensationJson
  readonly net: CondenseNet
  readonly params: Params
  readonly flow: PreparedFlow
  readonly x: tf.Tensor4D
  readonly noise: tf.Tensor4D
}

/** Topic `condensation`: weight gradients, distances, bits, loss, and gradients to the synthetic pixels and to α. */
export const checkCondensation: GoldenCheck = (tensors, json) => {
  const golden = json as CondensationJson
  const { config } = golden
  const flowConfig = configOf({ config: config.flow })
  const net = condenseNet({
    size: config.size,
    channels: config.chans,
    width: config.width,
    blocks: config.depth,
    classes: config.classes,
    firstPadding: config.first_convolution_padding,
  })
  const params = importCondenseNet(net.config, under('net.', tensors))
  const flowParams = importFlow(flowConfig, under('flow.', tensors))
  const flow = prepareFlow(flowConfig, flowParams)
  const found = tidied(() => {
    const x = toNhwc(param(tensors, 'synthetic.pixels'))
    const noise = toNhwc(param(tensors, 'synthetic.noise'))
    const set = { tensors, golden, net, params, flow, x, noise }
    const classes = Array.from({ length: config.classes }, (_, label) => checkClass(set, label))
    return [...classes.flatMap(({ deviations }) => deviations), ...checkLoss(set, classes)]
  })
  disposeFlow(flow)
  disposeParams(flowParams)
  disposeParams(params)
  return found
}

interface ClassResult {
  readonly deviations: readonly Deviation[]
  readonly distance: tf.Scalar
  readonly gradient: tf.Tensor4D
}

/** Both weight gradients of a class, its distances, and its part of the pixel gradient. */
function checkClass(set: CondensationSet, label: number): ClassResult {
  const { golden, net, params } = set
  const { ipc, real_per_class: count, classes } = golden.config
  const own = { x: rows(set.x, label * ipc, ipc), noise: rows(set.noise, label * ipc, ipc), label }
  const pictures = rows(toNhwc(param(set.tensors, 'real')), label * count, count)
  // in two parts, so that their sum is checked as well
  const real = realGradient(net, params, { pictures, label, chunk: Math.ceil(count / 2) })
  const targets = tf.oneHot(tf.fill([ipc], label, 'int32'), classes, 1, 0, 'float32') as tf.Tensor2D
  const synthetic = net.lossGradient(params, { g: toFlowRange(own.x, own.noise), targets })
  const { value, gradient } = matchGradient(net, { params, wanted: real.gradient }, own)
  const layers = Object.entries(distancePerLayer(synthetic.gradient, real.gradient))
  const expected = golden.distance_per_layer[label] ?? {}
  const deviations = [
    relativeDeviation(`loss_real.${label}`, LIMIT.values, [[real.loss], [golden.loss_real[label] ?? NaN]]),
    relativeDeviation(`loss_synthetic.${label}`, LIMIT.values, [synthetic.loss, [golden.loss_synthetic[label] ?? NaN]]),
    ...checkGradients(set, `class${label}.grad_real`, real.gradient),
    ...checkGradients(set, `class${label}.grad_synthetic`, synthetic.gradient),
    ...layers.map(([name, distance]) =>
      relativeDeviation(`class${label}.distance.${name}`, LIMIT.gradients, [distance, [expected[name] ?? NaN]]),
    ),
    relativeDeviation(`class${label}.distance`, LIMIT.values, [value, [golden.distance_per_class[label] ?? NaN]]),
  ]
  return { deviations, distance: value, gradient }
}

function checkGradients({ tensors, golden, net }: CondensationSet, prefix: string, gradient: Params): Deviation[] {
  const stored = exportCondenseNet(net.config, gradient)
  return golden.config.parameters.map((name) =>
    l2Deviation(`${prefix}.${name}`, LIMIT.gradients, [param(stored, name), param(tensors, `${prefix}.${name}`)]),
  )
}

function checkLoss(set: CondensationSet, classes: readonly ClassResult[]): Deviation[] {
  const { tensors, golden, flow, x, noise, net } = set
  const weights = lossWeights(golden.config.bits_weight_w, net.config.classes)
  const match = tf.concat4d(
    classes.map(({ gradient }) => gradient),
    0,
  )
  const distance = tf.addN(classes.map((result) => result.distance))
  const price = bpdGradient(flow, x, noise)
  const loss = tf.add(tf.mul(distance, weights.match), tf.mul(price.value, weights.bpd))
  const gradient: tf.Tensor4D = tf.add(tf.mul(match, weights.match), tf.mul(price.gradient, weights.bpd))
  const alpha = toNhwc(param(tensors, 'synthetic.alpha'))
  const flat = tf.reshape(alpha, [-1]) as tf.Tensor1D
  const meanBpd = golden.bpd.reduce((sum, value) => sum + value, 0) / golden.bpd.length
  const pixels = (name: string, [found, limit]: readonly [tf.Tensor, number]) =>
    l2Deviation(`grad.${name}`, limit, [toNchw(found), param(tensors, `grad.${name}`)])
  return [
    relativeDeviation('match weight', LIMIT.values, [[weights.match], [golden.match_weight]]),
    relativeDeviation('bits weight', LIMIT.values, [[weights.bpd], [golden.bits_weight]]),
    absoluteDeviation('pixels of α', LIMIT.values, [picturesOf(flat, x.shape), x]),
    relativeDeviation('bits', LIMIT.bits, [bits(flow, x, noise), golden.bits]),
    relativeDeviation('mean bpd', LIMIT.bits, [price.value, [meanBpd]]),
    relativeDeviation('distance', LIMIT.values, [distance, [golden.distance_total]]),
    relativeDeviation('loss', LIMIT.values, [loss, [golden.loss]]),
    pixels('pixels.match', [match, LIMIT.secondDerivatives]),
    pixels('pixels.bpd', [price.gradient, LIMIT.gradients]),
    pixels('pixels.loss', [gradient, LIMIT.secondDerivatives]),
    pixels('alpha.loss', [tf.reshape(toAlpha(flat, gradient), alpha.shape), LIMIT.secondDerivatives]),
  ]
}

function rows(x: tf.Tensor4D, start: number, count: number): tf.Tensor4D {
  return tf.slice4d(x, [start, 0, 0, 0], [count, -1, -1, -1])
}

function under(prefix: string, tensors: Readonly<Record<string, tf.Tensor>>): Params {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}
