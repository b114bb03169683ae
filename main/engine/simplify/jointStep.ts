import * as tf from '@tensorflow/tfjs-core'
import type { PreparedFlow } from '../flow'
import { ADAMW, adamUpdate, type AdamConfig, type AdamState, type MomentCorrection } from '../optim'
import { accuracyOf } from './exampleLoss'
import { bitsPerDimension } from './price'
import type { SimplifierSettings } from './settings'
import { unrolledStep, type UnrolledBatch, type UnrolledProblem } from './unrolledStep'

export const SIMPLIFIER_ADAM: AdamConfig = { ...ADAMW, beta1: 0.5, beta2: 0.99, weightDecay: 0 }

export interface JointProblem {
  readonly unrolled: UnrolledProblem
  /** x̃, rounded straight-through, of the simplifier's weights; differentiable in them. */
  readonly simplified: (weights: tf.Tensor1D, x: tf.Tensor4D) => tf.Tensor4D
  readonly flow: PreparedFlow
  readonly settings: SimplifierSettings
}

/** Running weights and moments of one of both networks. */
interface Running {
  readonly weights: tf.Tensor1D
  readonly adam: AdamState
  readonly correction: MomentCorrection
}

interface JointStart {
  readonly simplifier: Running
  readonly classifier: Running
  /** λ of this step. */
  readonly lambda: number | tf.Scalar
}

interface JointStep {
  readonly classifier: { readonly weights: tf.Tensor1D; readonly state: AdamState }
  readonly simplifier: { readonly weights: tf.Tensor1D; readonly state: AdamState }
  /** By `JOINT_FIGURES`. */
  readonly figures: tf.Tensor1D
}

/** What a step tells of itself, means over the batch; the last two say whether its gradients are finite. */
export const JOINT_FIGURES = [
  ...['before', 'after', 'original', 'gate', 'bpdSimplified', 'accuracySimplified', 'accuracyOriginal'],
  ...['classifierSquares', 'simplifierSquares'],
] as const

/** One step of both networks: what `unrolledStep` finds, brought back through the simplifier. Reads no values; call within tf.tidy. */
export function jointStep(
  { unrolled, simplified, flow, settings }: JointProblem,
  { simplifier, classifier, lambda }: JointStart,
  batch: Omit<UnrolledBatch, 'simple'>,
): JointStep {
  const simple = simplified(simplifier.weights, batch.x)
  const start = {
    ...classifier,
    rate: settings.classifierRate,
    tau: settings.tau,
    terms: { before: 1, after: 1, original: settings.originalWeight, price: lambda },
  }
  const step = unrolledStep(unrolled, start, { ...batch, simple })
  const ofWeights = tf.grad((vector: tf.Tensor) => simplified(vector as tf.Tensor1D, batch.x))
  const gradient = tf.add<tf.Tensor1D>(
    ofWeights(simplifier.weights, step.gradient),
    tf.mul(simplifier.weights, settings.simplifierDecay),
  )
  const { weights, adam: state, correction } = simplifier
  const moved = { weights, gradient, state, rate: settings.simplifierRate, correction }
  const bpd = settings.pressure === 'bits' ? step.price : bitsPerDimension(flow, simple, batch.noise)
  const figures = [
    ...[step.before, step.after, step.original, step.gate, bpd].map((each) => tf.mean(each)),
    accuracyOf(step.logits.simple, batch.targets),
    accuracyOf(step.logits.original, batch.targets),
    ...[step.innerGradient, gradient].map((one) => tf.sum(tf.square(one))),
  ]
  return {
    classifier: step.stepped,
    simplifier: adamUpdate(SIMPLIFIER_ADAM, moved),
    figures: tf.stack(figures.map((one) => tf.reshape(one, []))) as tf.Tensor1D,
  }
}
