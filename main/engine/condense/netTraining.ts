import * as tf from '@tensorflow/tfjs-core'
import { toFlowRange } from '../flow'
import { layoutOf, ravel, unravel, type Params } from '../tensor'
import { momentumUpdate, type MomentumState } from './momentum'
import type { CondenseNet, NetBatch } from './net'
import { oneHot } from './targets'

/** One step of momentum descent on a batch; the old state is disposed. */
export function descend(
  net: CondenseNet,
  state: MomentumState,
  step: { batch: NetBatch; layout: ReturnType<typeof layoutOf>; rate: number; momentum: number; weightDecay: number },
): MomentumState {
  const next = tf.tidy(() => {
    const { gradient } = net.lossGradient(unravel(state.weights, step.layout), step.batch)
    const { weights, velocity } = momentumUpdate(state, ravel(gradient, step.layout), step)
    return { weights, velocity }
  })
  tf.dispose([state.weights, state.velocity])
  return next
}

/** A network trained on all synthetic pictures at once. */
export interface SyntheticTraining {
  readonly x: tf.Tensor4D
  readonly labels: readonly number[]
  /** In flow units; disposed. */
  readonly noise: tf.Tensor4D
  readonly training: { readonly steps: number; readonly rate: number; readonly momentum: number }
}

/**
 * Some steps of momentum descent from `params`.
 *
 * @returns fresh weights; `params` stay the caller's
 */
export function trainedOn(net: CondenseNet, params: Params, { x, labels, noise, training }: SyntheticTraining): Params {
  const layout = layoutOf(params)
  const batch = { g: toFlowRange(x, noise), targets: oneHot(labels, net.config.classes) }
  let state: MomentumState = { weights: ravel(params, layout), velocity: tf.zeros([layout.total]) }
  for (let step = 0; step < training.steps; step++)
    state = descend(net, state, { batch, layout, rate: training.rate, momentum: training.momentum, weightDecay: 0 })
  const trained = unravel(state.weights, layout)
  tf.dispose([state.weights, state.velocity, batch.g, batch.targets, noise])
  return trained
}
