import * as tf from '@tensorflow/tfjs-core'
import { activationMatch, inputGradients, softSlopeRelu, type Matcher } from '../audit/objectives'
import { param } from '../tensor'
import { bpd, checkTerm, GRADIENTS, VALUES, type AuditSet, type FlowJson } from './auditSet'
import { absoluteDeviation, l2Deviation, relativeDeviation, toNchw, toNhwc, type Deviation } from './deviation'
import { hardGate } from './hardGate'
import { outOfRange } from './outOfRange'

interface ActivationForm {
  readonly distance_per_layer: Record<string, number[]>
  readonly distance: number[]
  readonly gate: number[]
  readonly terms: { task: number; bits: number; out_of_range: number }
  readonly total: number
}
/** The JSON of a golden set of the activation match. */
export interface ActivationJson {
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

/** Inputs and gradients of the layers, distances, gate, penalty, terms and gradients to the pixels, in both forms. */
export function checkActivationMatch(set: AuditSet, golden: ActivationJson): Deviation[] {
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
  set: AuditSet,
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
  set: AuditSet,
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
