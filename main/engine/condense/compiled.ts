import type * as tf from '@tensorflow/tfjs-core'
import type { PreparedFlow } from '../flow'
import { param, type Compiler, type Params } from '../tensor'
import type { CondenseNet } from './net'
import { bpdGradient, matchGradientTo, meanBpd, type ClassPictures } from './objective'
import { targetsOf } from './targets'

/**
 * A condensation's functions as compiled ones: what their namesakes give, with weights, pictures, noise and targets as
 * inputs and the flow's weights fixed. All are the network's, `compiler.release(net)` frees them – those of the flow, too.
 */
export interface CompiledCondensing {
  /** The network with a compiled `lossGradient`. */
  readonly net: CondenseNet
  matchGradient(
    of: { readonly params: Params; readonly wanted: Params },
    own: ClassPictures,
  ): { value: tf.Scalar; gradient: tf.Tensor4D }
  meanBpd(flow: PreparedFlow, x: tf.Tensor4D, noise: tf.Tensor4D): tf.Scalar
  bpdGradient(flow: PreparedFlow, x: tf.Tensor4D, noise: tf.Tensor4D): { value: tf.Scalar; gradient: tf.Tensor4D }
}

export function compiledCondensing(net: CondenseNet, compiler: Compiler): CompiledCondensing {
  return {
    net: compiledNet(net, compiler),
    matchGradient: (of, own) => compiledMatch(net, compiler, { ...of, ...own }),
    meanBpd(flow, x, noise) {
      const price = (...given: [tf.Tensor4D, tf.Tensor4D]): [tf.Scalar] => [meanBpd(flow, ...given)]
      return compiler.run({ models: [net, flow], name: 'mean bpd' }, price, [x, noise])[0]
    },
    bpdGradient(flow, x, noise) {
      const both = (...given: [tf.Tensor4D, tf.Tensor4D]): [tf.Scalar, tf.Tensor4D] =>
        placed(bpdGradient(flow, ...given))
      const [value, gradient] = compiler.run({ models: [net, flow], name: 'bpd gradient' }, both, [x, noise])
      return { value, gradient }
    },
  }
}

/** The same network, whose `lossGradient` is a compiled function of weights and batch; there is no gradient through it. */
export function compiledNet(net: CondenseNet, compiler: Compiler): CondenseNet {
  return {
    ...net,
    lossGradient(params, { g, targets }, count = g.shape[0]) {
      const differentiate = (...[own, wanted, ...weights]: [tf.Tensor4D, tf.Tensor2D, ...tf.Tensor[]]) => {
        const { loss, gradient } = net.lossGradient(renamed(params, weights), { g: own, targets: wanted }, count)
        return [loss, ...Object.values(gradient)] as [tf.Scalar, ...tf.Tensor[]]
      }
      const of = { models: [net], name: `loss gradient of ${count}` }
      const [loss, ...gradient] = compiler.run(of, differentiate, [g, targets, ...Object.values(params)])
      return { loss, gradient: renamed(params, gradient) }
    },
  }
}

type MatchInputs = [x: tf.Tensor4D, noise: tf.Tensor4D, targets: tf.Tensor2D, ...weights: tf.Tensor[]]

function compiledMatch(
  net: CondenseNet,
  compiler: Compiler,
  { params, wanted, x, noise, label }: ClassPictures & { params: Params; wanted: Params },
): { value: tf.Scalar; gradient: tf.Tensor4D } {
  const names = Object.keys(params)
  const match = (...[own, drawn, targets, ...weights]: MatchInputs): [tf.Scalar, tf.Tensor4D] => {
    const [moved, held] = [weights.slice(0, names.length), weights.slice(names.length)]
    const of = { params: renamed(params, moved), wanted: renamed(wanted, held) }
    return placed(matchGradientTo(net, of, { x: own, noise: drawn, targets }))
  }
  const targets = targetsOf(label, x.shape[0], net.config.classes)
  const held = names.map((name) => param(wanted, name))
  const inputs: MatchInputs = [x, noise, targets, ...Object.values(params), ...held]
  const [value, gradient] = compiler.run({ models: [net], name: 'match' }, match, inputs)
  targets.dispose()
  return { value, gradient }
}

/** Other tensors under the names of `params`, in the same order. */
function renamed(params: Params, tensors: readonly tf.Tensor[]): Params {
  return Object.fromEntries(Object.entries(params).map(([name, own], i) => [name, tensors[i] ?? own]))
}

function placed({ value, gradient }: { value: tf.Scalar; gradient: tf.Tensor4D }): [tf.Scalar, tf.Tensor4D] {
  return [value, gradient]
}
