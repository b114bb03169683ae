import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit/network'
import {
  activationMatch,
  classLogits,
  gradientMatch,
  hardGate,
  inputGradients,
  outOfRange,
  softSlopeRelu,
  weightImportance,
  type Matcher,
} from '../audit/objectives'
import { bits, disposeFlow, importFlow, prepareFlow, type PreparedFlow } from '../flow'
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
import { plainConvNet } from './plainConvNet'

const BITS = 1e-5
const VALUES = 1e-5
const GRADIENTS = 1e-4
const SECOND_DERIVATIVES = 1e-3
type Tensors = Readonly<Record<string, tf.Tensor>>
type FlowJson = Parameters<typeof configOf>[0]

interface GradientJson {
  readonly config: {
    readonly kappa: number
    readonly weights: { match: number; kl: number; kl_scaled: number; bpd: number }
    readonly flow: FlowJson['config']
    readonly tensors: readonly string[]
  }
  readonly kl: number[]
  readonly bits: number[]
  readonly cosine: Record<string, number[]>
  readonly terms: { match: number; kl: number; kl_scaled: number; bpd: number }
  readonly total: number
}
interface ActivationForm {
  readonly distance_per_layer: Record<string, number[]>
  readonly distance: number[]
  readonly gate: number[]
  readonly terms: { task: number; bits: number; out_of_range: number }
  readonly total: number
}
interface ActivationJson {
  readonly config: {
    readonly threshold: number
    readonly weights: { task: number; bits: number; out_of_range: number }
    readonly softplus_beta: number
    readonly flow: FlowJson['config']
    readonly layers: readonly string[]
  }
  readonly bits: number[]
  readonly out_of_range_penalty: number
  readonly softplus: ActivationForm
  readonly exact: ActivationForm
}

/** Topic `audit`: both matching objectives on the golden sets' small classifier, with bits from their small flow. */
export const checkAudit: GoldenCheck = (tensors, json) => {
  const config = configOf({ config: (json as GradientJson).config.flow })
  const params = importFlow(config, under('flow.', tensors))
  const flow = prepareFlow(config, params)
  const network = plainConvNet(under('clf.', tensors))
  const x = toNhwc(param(tensors, 'x'))
  const simple = toNhwc(param(tensors, 'x_simple'))
  const noise = toNhwc(param(tensors, 'noise'))
  const set = { tensors, network, flow, x, simple, noise }
  const isGradient = 'kappa' in (json as GradientJson).config
  const found = tidied(() => [
    absoluteDeviation('logits.x', VALUES, [network.run(x).logits, param(tensors, 'logits.x')]),
    absoluteDeviation('logits.x_simple', VALUES, [network.run(simple).logits, param(tensors, 'logits.x_simple')]),
    relativeDeviation('bits', BITS, [bits(flow, simple, noise), (json as GradientJson).bits]),
    ...(isGradient ? checkGradient(set, json as GradientJson) : checkActivation(set, json as ActivationJson)),
  ])
  disposeFlow(flow)
  disposeParams(params)
  disposeParams(network.weights)
  tf.dispose([x, simple, noise])
  return found
}

interface Set {
  readonly tensors: Tensors
  readonly network: AuditedNetwork
  readonly flow: PreparedFlow
  readonly x: tf.Tensor4D
  readonly simple: tf.Tensor4D
  readonly noise: tf.Tensor4D
}

function under(prefix: string, tensors: Tensors): Params {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}

function bpd({ flow, noise }: Set, x: tf.Tensor4D): tf.Tensor1D {
  return tf.div(bits(flow, x, noise), noise.size / (noise.shape[0] || 1))
}

function checkGradient(set: Set, golden: GradientJson): Deviation[] {
  const { kappa, weights, tensors: names } = golden.config
  const objective = gradientMatch({ kappas: [kappa], weights: { match: 1, kl: 0, klScaled: 0 } })
  const part = (own: { match: number; kl: number; klScaled: number }) =>
    gradientMatch({ kappas: [kappa], weights: own }).prepare(set.network, set.x)
  const matcher = objective.prepare(set.network, set.x)
  const klScaled = part({ match: 0, kl: 0, klScaled: 1 })
  const total = part({ match: weights.match, kl: weights.kl, klScaled: weights.kl_scaled })
  const terms: Record<'match' | 'kl' | 'kl_scaled' | 'bpd' | 'total', (p: tf.Tensor4D) => tf.Scalar> = {
    match: (p) => tf.mean(matcher.compare(p, 0).distance),
    kl: (p) => tf.mean(matcher.compare(p, 0).kl),
    kl_scaled: (p) => tf.mean(klScaled.compare(p, 0).task),
    bpd: (p) => tf.mean(bpd(set, p)),
    total: (p) => tf.add(tf.mean(total.compare(p, 0).task), tf.mul(tf.mean(bpd(set, p)), weights.bpd)),
  }
  const { partDistances } = matcher.compare(set.simple, 0)
  const cosines = tf.unstack(tf.sub(1, partDistances), 1)
  const found = [
    ...checkImportance(set, names, kappa),
    ...names.map((name, i) =>
      absoluteDeviation(`cosine.${name}`, VALUES, [cosines[i] ?? partDistances, golden.cosine[name] ?? []]),
    ),
    ...(['match', 'kl', 'kl_scaled', 'bpd', 'total'] as const).flatMap((name) =>
      checkTerm(set, terms[name], {
        name,
        expected: name === 'total' ? golden.total : golden.terms[name],
        limit: name === 'match' || name === 'total' ? SECOND_DERIVATIVES : GRADIENTS,
        gradient: `grad.${name}`,
      }),
    ),
  ]
  for (const used of [matcher, klScaled, total]) used.dispose()
  return found
}

/** G(x) and G(x_simple), tensor by tensor. */
function checkImportance(set: Set, names: readonly string[], kappa: number): Deviation[] {
  const scaled = Object.fromEntries(names.map((name) => [name, tf.mul(param(set.network.weights, name), kappa)]))
  return (['x', 'x_simple'] as const).flatMap((which) => {
    const pictures = tf.unstack(which === 'x' ? set.x : set.simple) as tf.Tensor3D[]
    const rows = pictures.map((picture) => {
      const one = tf.expandDims(picture) as tf.Tensor4D
      const own = classLogits(set.network.run(one).logits)
      const scaledLogits = classLogits(set.network.run(one, { weights: scaled }).logits)
      return weightImportance(set.network, one, { names, scaled, own, scaledLogits })
    })
    return names.map((name, i) => {
      const shape = param(scaled, name).shape
      const found = tf.stack(rows.map((row) => theirs(tf.reshape(row[i] ?? tf.scalar(NaN), shape))))
      return l2Deviation(`G.${which}.${name}`, GRADIENTS, [found, param(set.tensors, `G.${which}.${name}`)])
    })
  })
}

/** [kh, kw, in, out] → [out, in, kh, kw], [in, out] → [out, in]. */
function theirs(weight: tf.Tensor): tf.Tensor {
  if (weight.rank === 4) return tf.transpose(weight, [3, 2, 0, 1])
  return weight.rank === 2 ? tf.transpose(weight) : weight
}

function checkActivation(set: Set, golden: ActivationJson): Deviation[] {
  const beta = golden.config.softplus_beta
  const outside = toNhwc(param(set.tensors, 'x_out_of_range'))
  const penalty = (p: tf.Tensor) => tf.sum(outOfRange(p as tf.Tensor4D))
  return [
    relativeDeviation('out of range', VALUES, [penalty(outside), [golden.out_of_range_penalty]]),
    l2Deviation('grad.out_of_range', GRADIENTS, [
      toNchw(tf.grad(penalty)(outside)),
      param(set.tensors, 'grad.out_of_range'),
    ]),
    ...checkActivationForm(set, golden, { form: 'exact', slope: 'exact' }),
    ...checkActivationForm(set, golden, { form: 'softplus', slope: { beta } }),
  ]
}

function checkActivationForm(
  set: Set,
  golden: ActivationJson,
  { form, slope }: { form: 'exact' | 'softplus'; slope: 'exact' | { beta: number } },
): Deviation[] {
  const { threshold, weights, layers } = golden.config
  const expected = golden[form]
  const matcher = activationMatch({ klWeight: 0, slope }).prepare(set.network, set.x)
  const { distance, partDistances } = matcher.compare(set.simple, 0)
  const perLayer = tf.unstack(partDistances, 1)
  const total = (p: tf.Tensor4D) => {
    const match = matcher.compare(p, 0)
    const gate = hardGate(match.distance, threshold)
    const outside = tf.sum(outOfRange(p))
    return tf.addN([
      tf.mul(tf.mean(match.task), weights.task),
      tf.mul(tf.mean(tf.mul(gate, bpd(set, p))), weights.bits),
      tf.mul(outside, weights.out_of_range),
    ]) as tf.Scalar
  }
  const found = [
    ...checkInputGradients(set, { form, slope, layers }),
    ...layers.map((name, i) =>
      absoluteDeviation(`${form}.distance.${name}`, VALUES, [
        perLayer[i] ?? partDistances,
        expected.distance_per_layer[name] ?? [],
      ]),
    ),
    absoluteDeviation(`${form}.distance`, VALUES, [distance, expected.distance]),
    absoluteDeviation(`${form}.gate`, 0, [hardGate(distance, threshold), expected.gate]),
    ...checkTerm(set, taskOf(matcher), {
      name: `${form}.task`,
      expected: expected.terms.task,
      limit: GRADIENTS,
      gradient: `${form}.grad.task`,
    }),
    ...checkTerm(set, total, {
      name: `${form}.total`,
      expected: expected.total,
      limit: GRADIENTS,
      gradient: `${form}.grad.total`,
    }),
  ]
  matcher.dispose()
  return found
}

function taskOf(matcher: Matcher): (p: tf.Tensor4D) => tf.Scalar {
  return (p) => tf.mean(matcher.compare(p, 0).task)
}

/** What enters the layers of x, and the gradients there. */
function checkInputGradients(
  set: Set,
  { form, slope, layers }: { form: string; slope: 'exact' | { beta: number }; layers: readonly string[] },
): Deviation[] {
  const relu = slope === 'exact' ? undefined : softSlopeRelu(slope.beta)
  const { inputs, gradients } = inputGradients(set.network, set.x, relu)
  const stored = (x: tf.Tensor) => (x.rank === 4 ? toNchw(x) : x)
  return layers.flatMap((name, i) => [
    l2Deviation(`${form}.in_act.x.${name}`, VALUES, [
      stored(inputs[i] ?? set.x),
      param(set.tensors, `${form}.in_act.x.${name}`),
    ]),
    l2Deviation(`${form}.in_grad.x.${name}`, GRADIENTS, [
      stored(gradients[i] ?? set.x),
      param(set.tensors, `${form}.in_grad.x.${name}`),
    ]),
  ])
}

/** One term of the objective: its value and its gradient with respect to the pixels of x_simple. */
function checkTerm(
  set: Set,
  term: (p: tf.Tensor4D) => tf.Scalar,
  is: { name: string; expected: number; limit: number; gradient: string },
): Deviation[] {
  const gradient = tf.grad((p: tf.Tensor) => term(p as tf.Tensor4D))(set.simple)
  return [
    relativeDeviation(is.name, BITS, [term(set.simple), [is.expected]]),
    l2Deviation(is.gradient, is.limit, [toNchw(gradient), param(set.tensors, is.gradient)]),
  ]
}
