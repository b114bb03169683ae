import * as tf from '@tensorflow/tfjs-core'
import { withNoise } from '../flow'
import { adamGradient, adamUpdate, type AdamConfig, type AdamState, type MomentCorrection } from '../optim'
import { registerSecondOrderGradients, unravel } from '../tensor'
import { exampleLosses } from './exampleLoss'
import { notes, type Notes } from './notes'
import type { Price } from './price'
import type { TrainedClassifier } from './trainedClassifier'

export interface UnrolledProblem extends TrainedClassifier {
  readonly adam: AdamConfig
  /** 1 where weight decay applies, 0 elsewhere, [total]. */
  readonly decayed: tf.Tensor1D
  /** What a simplified picture costs. */
  readonly price: Price
}

/** Weights of CE(f_θ(x̃)), CE(f_θ'(x̃)), CE(f_θ'(x)) and, λ, of the gated price. */
export interface TermWeights {
  readonly before: number
  readonly after: number
  readonly original: number
  /** A tensor where the step becomes a graph and λ rises. */
  readonly price: number | tf.Scalar
}

/** Where the inner step starts: the running training of the classifier. */
export interface UnrolledStart {
  readonly weights: tf.Tensor1D
  readonly adam: AdamState
  readonly rate: number
  /** By the count of steps where absent. */
  readonly correction?: MomentCorrection
  readonly terms: TermWeights
  /** τ of the gate, nats. */
  readonly tau: number
}

export interface UnrolledBatch {
  /** Originals and simplified pictures [N, H, W, C] in [0, 1]. */
  readonly x: tf.Tensor4D
  readonly simple: tf.Tensor4D
  /** Dequantisation noise of the simplified pictures, in flow units. */
  readonly noise: tf.Tensor4D
  /** Probabilities [N, classes]. */
  readonly targets: tf.Tensor2D
}

/** Fresh tensors of the caller. `before`, `after`, `original`, `gate` and `price` are of each example [N]. */
export interface UnrolledStep {
  /** θ' and its moments. */
  readonly stepped: { readonly weights: tf.Tensor1D; readonly state: AdamState }
  /** Of the mean CE(f_θ(x̃)) with respect to θ. */
  readonly innerGradient: tf.Tensor1D
  /** ∂loss/∂x̃; loss = Σ weight·term / Σ weight. */
  readonly gradient: tf.Tensor4D
  readonly before: tf.Tensor1D
  readonly after: tf.Tensor1D
  readonly original: tf.Tensor1D
  readonly gate: tf.Tensor1D
  readonly price: tf.Tensor1D
  /** Of x̃ under θ, of x under θ'. */
  readonly logits: { readonly simple: tf.Tensor2D; readonly original: tf.Tensor2D }
}

/**
 * One classifier step on simplified pictures, and how the simplifier's loss changes with their pixels, also through it:
 * θ' = AdamW(θ, ∇_θ CE(f_θ(x̃), y)) from the running moments,
 * loss = (w_b·CE(f_θ(x̃), y) + w_a·CE(f_θ'(x̃), y) + w_o·CE(f_θ'(x), y) + λ·mean(gate·price(x̃))) / Σ weights,
 * gate = clamp((τ − CE(f_θ'(x), y))/τ, 0, 1), held constant (Schirrmeister et al. 2022).
 */
export function unrolledStep(problem: UnrolledProblem, start: UnrolledStart, batch: UnrolledBatch): UnrolledStep {
  registerSecondOrderGradients()
  return tf.tidy(() => {
    const { before, after, original, price } = start.terms
    const total = tf.add(price, before + after + original)
    const found = classifierTerms(problem, start, batch)
    const [eachAfter, eachOriginal] = halves(found.each)
    const gate = tf.clipByValue(tf.div(tf.sub(start.tau, eachOriginal), start.tau), 0, 1) as tf.Tensor1D
    const priced = problem.price(batch, tf.mul(gate, tf.div(price, gate.size)))
    return {
      stepped: {
        weights: found.weights,
        state: { first: found.first, second: found.second, steps: start.adam.steps + 1 },
      },
      innerGradient: found.innerGradient,
      gradient: tf.div(tf.add(found.gradient, priced.gradient), total) as tf.Tensor4D,
      before: found.before,
      after: eachAfter,
      original: eachOriginal,
      gate,
      price: priced.each,
      logits: { simple: found.logits, original: halves(found.steppedLogits)[1] },
    }
  })
}

/** The three classification terms and their gradient with respect to x̃, also through the step. */
function classifierTerms(problem: UnrolledProblem, start: UnrolledStart, batch: UnrolledBatch) {
  const { logits, layout } = problem
  const { targets, noise, x } = batch
  const { before, after, original } = start.terms
  const shares = tf.concat1d([after, original].map((weight) => tf.fill([x.shape[0]], weight / x.shape[0])))
  // made here, where they outlive the forward pass: the way back needs them
  const targetsTwice = tf.concat2d([targets, targets], 0)
  const noted = notes<Found>()
  const value = (simple: tf.Tensor) => {
    const seen = withNoise(simple as tf.Tensor4D, noise)
    const inner = (weights: tf.Tensor) => {
      const ofSimple = noted.keep('logits', logits(unravel(weights as tf.Tensor1D, layout), seen, { twice: true }))
      return tf.mean(noted.keep('before', exampleLosses(ofSimple, targets)))
    }
    const { value: first, grad: gradient } = tf.valueAndGrad(inner)(start.weights)
    const stepped = adamStep(problem, start, { gradient: gradient as tf.Tensor1D, noted })
    const both = logits(unravel(stepped, layout), tf.concat4d([seen, x], 0))
    const each = noted.keep('each', exampleLosses(noted.keep('steppedLogits', both), targetsTwice))
    return tf.add(tf.mul(first, before), tf.sum(tf.mul(each, shares)))
  }
  const gradient = tf.grad(value)(batch.simple) as tf.Tensor4D
  return { gradient, ...noted.take() }
}

/** θ' of the gradient, differentiable by formula; notes the gradient and what the step leaves. */
function adamStep(
  { adam, decayed }: UnrolledProblem,
  { weights, adam: state, rate, correction }: UnrolledStart,
  { gradient, noted }: { gradient: tf.Tensor1D; noted: Notes<Found> },
): tf.Tensor1D {
  const step = { weights, gradient: noted.keep('innerGradient', gradient), state, rate, decayed, correction }
  const operation = tf.customGrad(() => {
    const moved = adamUpdate(adam, step)
    const after = {
      ...moved.state,
      first: noted.keep('first', moved.state.first),
      second: noted.keep('second', moved.state.second),
    }
    return {
      value: noted.keep('weights', moved.weights),
      gradFunc: (dy) => adamGradient(adam, { step, after }, dy as tf.Tensor1D),
    }
  })
  return operation(gradient) as tf.Tensor1D
}

/** What a differentiated pass finds on its way. */
interface Found {
  logits: tf.Tensor2D
  before: tf.Tensor1D
  innerGradient: tf.Tensor1D
  weights: tf.Tensor1D
  first: tf.Tensor1D
  second: tf.Tensor1D
  steppedLogits: tf.Tensor2D
  each: tf.Tensor1D
}

const halves = <T extends tf.Tensor>(both: T): [T, T] => tf.split(both, 2, 0) as [T, T]
