import * as tf from '@tensorflow/tfjs-core'
import { toFlowRange } from '../flow'
import { layoutOf, ravel, unravel, type Compiler, type ParamLayout, type Params } from '../tensor'
import { momentumUpdate, type MomentumState } from './momentum'
import type { CondenseNet, NetBatch } from './net'
import { oneHot } from './targets'

/** A batch, and how far to go on it. */
export interface Descent {
  readonly batch: NetBatch
  readonly layout: ParamLayout
  readonly rate: number
  readonly momentum: number
  readonly weightDecay: number
  readonly compiler: Compiler
}

type Inputs = [...state: [tf.Tensor1D, tf.Tensor1D], g: tf.Tensor4D, targets: tf.Tensor2D, rate: tf.Scalar]

/** One step of momentum descent on a batch, a compiled function of the network; the old state is disposed. */
export function descend(net: CondenseNet, state: MomentumState, step: Descent): MomentumState {
  const { batch, layout, momentum, weightDecay } = step
  const advance = (...[weights, velocity, g, targets, rate]: Inputs): [tf.Tensor1D, tf.Tensor1D] => {
    const { gradient } = net.lossGradient(unravel(weights, layout), { g, targets })
    const next = momentumUpdate({ weights, velocity }, ravel(gradient, layout), { rate, momentum, weightDecay })
    return [next.weights, next.velocity]
  }
  const rate = tf.scalar(step.rate)
  const inputs: Inputs = [state.weights, state.velocity, batch.g, batch.targets, rate]
  const name = `momentum descent ${momentum} ${weightDecay}`
  const [weights, velocity] = step.compiler.run({ models: [net], name }, advance, inputs)
  tf.dispose([state.weights, state.velocity, rate])
  return { weights, velocity }
}

/** A network trained on all synthetic pictures at once. */
interface SyntheticTraining {
  readonly x: tf.Tensor4D
  readonly labels: readonly number[]
  /** In flow units; disposed. */
  readonly noise: tf.Tensor4D
  readonly training: { readonly steps: number; readonly rate: number; readonly momentum: number }
  readonly compiler: Compiler
}

/**
 * Some steps of momentum descent from `params`.
 *
 * @returns fresh weights; `params` stay the caller's
 */
export function trainedOn(net: CondenseNet, params: Params, of: SyntheticTraining): Params {
  const { x, labels, noise, training, compiler } = of
  const { rate, momentum } = training
  const layout = layoutOf(params)
  const batch = { g: toFlowRange(x, noise), targets: oneHot(labels, net.config.classes) }
  let state: MomentumState = { weights: ravel(params, layout), velocity: tf.zeros([layout.total]) }
  for (let step = 0; step < training.steps; step++)
    state = descend(net, state, { batch, layout, rate, momentum, weightDecay: 0, compiler })
  const trained = unravel(state.weights, layout)
  tf.dispose([state.weights, state.velocity, batch.g, batch.targets, noise])
  return trained
}
