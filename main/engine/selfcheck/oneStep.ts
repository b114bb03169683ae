import * as tf from '@tensorflow/tfjs-core'
import { disposeFlow, importFlow, prepareFlow } from '../flow'
import { ADAMW, type AdamState } from '../optim'
import {
  bitsPrice,
  unrolledStep,
  type TermWeights,
  type UnrolledBatch,
  type UnrolledProblem,
  type UnrolledStart,
  type UnrolledStep,
} from '../simplify'
import { disposeParams, layoutOf, param, ravel, unravel, type Params } from '../tensor'
import {
  absoluteDeviation,
  l2Deviation,
  relativeDeviation,
  tidied,
  toNchw,
  toNhwc,
  type GoldenCheck,
} from './deviation'
import { configOf } from './glow'
import { plainConvNet } from './plainConvNet'

const LIMIT = { values: 1e-5, stepped: 1e-5, moves: 1e-3, gradients: 1e-4, secondDerivatives: 1e-3 }

interface OneStepJson {
  readonly config: {
    readonly lr: number
    readonly betas: readonly [number, number]
    readonly eps: number
    readonly weight_decay: number
    readonly decayed: readonly string[]
    readonly steps_before: number
    readonly tau: number
    readonly weights: {
      readonly before: number
      readonly after: number
      readonly original: number
      readonly bits: number
    }
    readonly flow: Parameters<typeof configOf>[0]['config']
  }
  readonly labels: readonly number[]
  readonly original_loss_each: number[]
  readonly gate: number[]
  readonly bpd: number[]
  readonly terms: { readonly before: number; readonly after: number; readonly original: number; readonly bits: number }
  readonly total: number
}
type Tensors = Readonly<Record<string, tf.Tensor>>

interface OneStepSet {
  readonly problem: UnrolledProblem
  readonly start: Omit<UnrolledStart, 'terms'>
  readonly batch: UnrolledBatch
}

/** Topic `one-step`: the unrolled AdamW step, its terms, gate, and gradients to the pixels of the simplified pictures. */
export const checkOneStep: GoldenCheck = (tensors, json) => {
  const golden = json as OneStepJson
  const config = configOf({ config: golden.config.flow })
  const flowParams = importFlow(config, under('flow.', tensors))
  const flow = prepareFlow(config, flowParams)
  const network = plainConvNet(under('clf.', tensors))
  const found = tidied(() => {
    const set = oneStepSet(tensors, golden, { network, price: bitsPrice(flow) })
    return [...checkStep(set, tensors, golden), ...checkTerms(set, tensors, golden)]
  })
  disposeFlow(flow)
  disposeParams(flowParams)
  disposeParams(network.weights)
  return found
}

function oneStepSet(
  tensors: Tensors,
  { config, labels }: OneStepJson,
  { network, price }: { network: ReturnType<typeof plainConvNet>; price: UnrolledProblem['price'] },
): OneStepSet {
  const layout = layoutOf(network.weights)
  const vector = (prefix: string): tf.Tensor1D => {
    const stored = under(prefix, tensors)
    const filled = layout.names.map((name) => [name, ours(stored[name]) ?? tf.zerosLike(param(network.weights, name))])
    return ravel(Object.fromEntries(filled) as Params, layout)
  }
  const decays = layout.names.map((name, i) => tf.fill([layout.sizes[i] ?? 0], config.decayed.includes(name) ? 1 : 0))
  const adam: AdamState = {
    first: vector('state.exp_avg.'),
    second: vector('state.exp_avg_sq.'),
    steps: config.steps_before,
  }
  const [beta1, beta2] = config.betas
  return {
    problem: {
      logits: (weights, x, options) => network.run(x, { weights, ...options }).logits,
      layout,
      adam: { ...ADAMW, beta1, beta2, epsilon: config.eps, weightDecay: config.weight_decay },
      decayed: tf.concat1d(decays as tf.Tensor1D[]),
      price,
    },
    start: { weights: vector('clf.'), adam, rate: config.lr, tau: config.tau },
    batch: {
      x: toNhwc(param(tensors, 'x')),
      simple: toNhwc(param(tensors, 'x_simple')),
      noise: toNhwc(param(tensors, 'noise')),
      targets: tf.oneHot(tf.tensor1d([...labels], 'int32'), 2, 1, 0, 'float32') as tf.Tensor2D,
    },
  }
}

/** Logits, the inner gradient, θ' and θ' − θ, per-example losses, gates and bits. */
function checkStep({ problem, start, batch }: OneStepSet, tensors: Tensors, golden: OneStepJson) {
  const { layout } = problem
  const step = unrolledStep(problem, { ...start, terms: { before: 1, after: 1, original: 1, price: 1 } }, batch)
  const compared = { 'logits.before': step.logits.simple, 'logits.original': step.logits.original }
  const vectors = {
    inner_grad: { found: step.innerGradient, limit: LIMIT.gradients },
    stepped: { found: step.stepped.weights, limit: LIMIT.stepped },
    delta: { found: tf.sub(step.stepped.weights, start.weights) as tf.Tensor1D, limit: LIMIT.moves },
  }
  return [
    ...Object.entries(compared).map(([name, found]) =>
      absoluteDeviation(name, LIMIT.values, [found, param(tensors, name)]),
    ),
    ...Object.entries(vectors).flatMap(([prefix, { found, limit }]) =>
      Object.entries(unravel(found, layout)).map(([name, own]) =>
        l2Deviation(`${prefix}.${name}`, limit, [own, ours(tensors[`${prefix}.${name}`]) ?? tf.scalar(NaN)]),
      ),
    ),
    absoluteDeviation('loss of each original', LIMIT.values, [step.original, golden.original_loss_each]),
    absoluteDeviation('gate', LIMIT.values * 10, [step.gate, golden.gate]),
    relativeDeviation('bpd', LIMIT.values, [step.price, golden.bpd]),
  ]
}

/** The value of every term and its gradient with respect to the pixels, and those of the weighted sum. */
function checkTerms({ problem, start, batch }: OneStepSet, tensors: Tensors, golden: OneStepJson) {
  const { before, after, original, bits } = golden.config.weights
  const none = { before: 0, after: 0, original: 0, price: 0 }
  const all = { before, after, original, price: bits }
  const cases = [
    { name: 'before', terms: { ...none, before: 1 }, expected: golden.terms.before, limit: LIMIT.gradients },
    { name: 'after', terms: { ...none, after: 1 }, expected: golden.terms.after, limit: LIMIT.secondDerivatives },
    {
      name: 'original',
      terms: { ...none, original: 1 },
      expected: golden.terms.original,
      limit: LIMIT.secondDerivatives,
    },
    { name: 'bits', terms: { ...none, price: 1 }, expected: golden.terms.bits, limit: LIMIT.gradients },
    { name: 'total', terms: all, expected: golden.total, limit: LIMIT.secondDerivatives },
  ]
  return cases.flatMap(({ name, terms, expected, limit }) => {
    const step = unrolledStep(problem, { ...start, terms }, batch)
    const weightSum = terms.before + terms.after + terms.original + terms.price
    return [
      relativeDeviation(name, LIMIT.values * 10, [weighted(step, terms), [expected]]),
      l2Deviation(`grad.${name}`, limit, [tf.mul(toNchw(step.gradient), weightSum), param(tensors, `grad.${name}`)]),
    ]
  })
}

function weighted(step: UnrolledStep, terms: TermWeights): tf.Scalar {
  return tf.addN([
    tf.mul(tf.mean(step.before), terms.before),
    tf.mul(tf.mean(step.after), terms.after),
    tf.mul(tf.mean(step.original), terms.original),
    tf.mul(tf.mean(tf.mul(step.gate, step.price)), terms.price),
  ]) as tf.Scalar
}

/** [out, in, kh, kw] → [kh, kw, in, out], [out, in] → [in, out]. */
function ours(stored: tf.Tensor | undefined): tf.Tensor | undefined {
  if (stored?.rank === 4) return tf.transpose(stored, [2, 3, 1, 0])
  return stored?.rank === 2 ? tf.transpose(stored) : stored
}

function under(prefix: string, tensors: Tensors): Params {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}
