import * as tf from '@tensorflow/tfjs-core'
import {
  bits,
  bitsAndMap,
  disposeFlow,
  disposeInverse,
  exportFlow,
  flowForward,
  flowInverse,
  foldFlow,
  importFlow,
  initialiseActnorms,
  invertFlow,
  isTrainable,
  prepareFlow,
  toFlowRange,
  type FlowConfig,
  type InvertedFlow,
  type PreparedFlow,
} from '../flow'
import { EAGER, layoutOf, param, unravel, valueAndGradient, type Compiler, type Params } from '../tensor'
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

const BITS = 1e-5
const LATENTS = 1e-4
const GRADIENTS = 1e-4
const ROUND_TRIP = 1e-5

interface GlowJson {
  readonly config: { size: number; chans: 1 | 3; L: number; K: number; hidden: number; coupling: 'affine' | 'additive' }
  readonly bits?: number[]
  readonly bits_after?: number[]
  readonly bits_mean_over_noises?: number[]
  readonly grad_norms?: Record<string, number>
}
type Tensors = Readonly<Record<string, tf.Tensor>>

/** Topic `glow`: bits, latents, maps, gradients to pixels, weights and latents, the inverse, and the data-dependent start. */
export const checkGlow: GoldenCheck = (tensors, json, compiler = EAGER) => {
  const golden = json as GlowJson
  const config = configOf(golden)
  const stored = Object.fromEntries(Object.entries(tensors).filter(([name]) => name.startsWith('level')))
  return golden.bits_after
    ? checkStart(config, { tensors, stored, golden })
    : checkFlow(config, { tensors, stored, golden, compiler })
}

/** The configuration of a golden flow in the engine's words. */
export function configOf({ config }: GlowJson): FlowConfig {
  const { size, chans, L, K, hidden, coupling } = config
  return { size, channels: chans, levels: L, steps: K, hidden, coupling }
}

interface Golden {
  readonly tensors: Tensors
  readonly stored: Params
  readonly golden: GlowJson
}

function checkFlow(config: FlowConfig, set: Golden & { compiler: Compiler }): Deviation[] {
  const { tensors, stored, golden, compiler } = set
  const params = importFlow(config, stored)
  const flow = prepareFlow(config, params)
  const inverted = invertFlow(flow)
  const x = toNhwc(param(tensors, 'x'))
  const noise = toNhwc(param(tensors, 'noise'))
  const found = tidied(() => [
    ...checkForward(flow, { tensors, golden, x, noise }),
    ...checkInverse(inverted, tensors, toFlowRange(x, noise)),
    ...checkWeightGradients(config, params, { tensors, golden, x, noise }),
    ...checkGraphs(inverted, { tensors, golden, x, noise }, compiler),
  ])
  compiler.release(inverted)
  disposeInverse(inverted)
  disposeFlow(flow)
  tf.dispose([x, noise, ...Object.values(params)])
  return found
}

interface Inputs {
  readonly tensors: Tensors
  readonly golden: GlowJson
  readonly x: tf.Tensor4D
  readonly noise: tf.Tensor4D
}

function checkForward(flow: PreparedFlow, { tensors, golden, x, noise }: Inputs): Deviation[] {
  const { bits: found, map } = bitsAndMap(flow, x, noise)
  const { latents } = flowForward(flow, toFlowRange(x, noise))
  const gradient = tf.grad((p: tf.Tensor) => tf.sum(bits(flow, p as tf.Tensor4D, noise)))(x)
  const list = [
    relativeDeviation('bits', BITS, [found, golden.bits ?? []]),
    relativeDeviation('sum of the bit map', BITS * 10, [tf.sum(map, [1, 2]), found]),
    l2Deviation('grad.x', GRADIENTS, [toNchw(gradient), param(tensors, 'grad.x')]),
    ...latents.map((z, level) =>
      absoluteDeviation(`z.level${level}`, LATENTS, [toNchw(z), param(tensors, `z.level${level}`)]),
    ),
  ]
  if (tensors['bitmap']) list.push(l2Deviation('bit map', BITS * 10, [map, tensors['bitmap']]))
  if (tensors['noises'] && golden.bits_mean_over_noises) {
    const draws = tf.unstack(tensors['noises']).map((draw) => bits(flow, x, toNhwc(draw)))
    const mean = tf.mean(tf.stack(draws), 0)
    list.push(relativeDeviation('bits, mean over noises', BITS, [mean, golden.bits_mean_over_noises]))
  }
  return list
}

function checkInverse(flow: InvertedFlow, tensors: Tensors, g: tf.Tensor4D): Deviation[] {
  const { latents, logDensity } = flowForward(flow, g)
  const back = flowInverse(flow, latents)
  const list = [
    absoluteDeviation('round trip', ROUND_TRIP, [back.g, g]),
    ...back.logDensity.map((map, level) =>
      l2Deviation(`log-density of the inverse, level ${level}`, ROUND_TRIP * 10, [map, logDensity[level] ?? map]),
    ),
  ]
  if (!tensors['sample.z.level0']) return list
  const samples = flow.levels.map((_, level) => toNhwc(param(tensors, `sample.z.level${level}`)))
  const cotangent = toNhwc(param(tensors, 'sample.cotangent'))
  const gradients = tf.grads((...z: tf.Tensor[]) => tf.sum(tf.mul(flowInverse(flow, z as tf.Tensor4D[]).g, cotangent)))(
    samples,
  )
  return [
    ...list,
    absoluteDeviation('sample.g', LATENTS, [toNchw(flowInverse(flow, samples).g), param(tensors, 'sample.g')]),
    ...gradients.map((gradient, level) =>
      l2Deviation(`sample.grad_z.level${level}`, GRADIENTS, [
        toNchw(gradient),
        param(tensors, `sample.grad_z.level${level}`),
      ]),
    ),
  ]
}

/** Bits, their gradient and the inverse as graphs. */
function checkGraphs(flow: InvertedFlow, { tensors, golden, x, noise }: Inputs, compiler: Compiler): Deviation[] {
  if (!compiler.graphs) return []
  const of = (name: string) => ({ models: [flow], name })
  const cost = (p: tf.Tensor4D, draw: tf.Tensor4D): [tf.Tensor, tf.Tensor] => [
    bits(flow, p, draw),
    tf.grad((at: tf.Tensor) => tf.sum(bits(flow, at as tf.Tensor4D, draw)))(p),
  ]
  const [found, gradient] = compiler.run(of('bits and gradient'), cost, [x, noise])
  const inverse = (...latents: tf.Tensor4D[]): [tf.Tensor4D] => [flowInverse(flow, latents).g]
  const g = toFlowRange(x, noise)
  const [back] = compiler.run(of('inverse'), inverse, flowForward(flow, g).latents)
  return [
    relativeDeviation('bits (graph)', BITS, [found, golden.bits ?? []]),
    l2Deviation('grad.x (graph)', GRADIENTS, [toNchw(gradient), param(tensors, 'grad.x')]),
    absoluteDeviation('round trip (graph)', ROUND_TRIP, [back, g]),
  ]
}

/** Gradients to the weights need a backend that can train; where it cannot (wasm), they are not compared. */
function checkWeightGradients(config: FlowConfig, params: Params, { tensors, golden, x, noise }: Inputs): Deviation[] {
  if (!golden.grad_norms || !tf.getKernel('Conv2DBackpropFilter', tf.getBackend())) return []
  const fixed = Object.fromEntries(Object.entries(params).filter(([name]) => !isTrainable(name)))
  const trained = Object.fromEntries(Object.entries(params).filter(([name]) => isTrainable(name)))
  const layout = layoutOf(trained)
  const perValue = 1 / (config.size * config.size * config.channels)
  const { gradient } = valueAndGradient(
    (weights) => tf.mul(tf.mean(bits(foldFlow(config, { ...fixed, ...weights }), x, noise)), perValue) as tf.Scalar,
    trained,
    layout,
  )
  const gradients = exportFlow(unravel(gradient, layout))
  return Object.entries(golden.grad_norms).map(([name, norm]) => {
    const found = param(gradients, name)
    const expected = tensors[`grad.${name}`]
    if (expected) return l2Deviation(`grad.${name}`, norm < 1e-7 ? 1 : GRADIENTS, [found, expected])
    const length = tf.norm(found).dataSync()[0] ?? NaN
    return norm < 1e-7
      ? absoluteDeviation(`norm of grad.${name}`, GRADIENTS, [[length], [norm]])
      : relativeDeviation(`norm of grad.${name}`, GRADIENTS, [[length], [norm]])
  })
}

function checkStart(config: FlowConfig, { tensors, stored, golden }: Golden): Deviation[] {
  return tidied(() => {
    const g = toFlowRange(toNhwc(param(tensors, 'x')), toNhwc(param(tensors, 'noise')))
    const started = initialiseActnorms(config, importFlow(config, withZeroActnorms(stored, tensors)), g)
    const exported = exportFlow(started)
    const found = bits(foldFlow(config, started), toNhwc(param(tensors, 'x')), toNhwc(param(tensors, 'noise')))
    const actnorms = Object.keys(tensors).filter((name) => name.startsWith('initialised.'))
    return [
      relativeDeviation('bits after the start', BITS, [found, golden.bits_after ?? []]),
      ...actnorms.map((name) =>
        l2Deviation(name, GRADIENTS, [param(exported, name.slice('initialised.'.length)), param(tensors, name)]),
      ),
    ]
  })
}

function withZeroActnorms(stored: Params, tensors: Tensors): Params {
  const zeros = Object.entries(tensors)
    .filter(([name]) => name.startsWith('initialised.'))
    .map(([name, value]) => [name.slice('initialised.'.length), tf.zerosLike(value)] as const)
  return { ...stored, ...Object.fromEntries(zeros) }
}
