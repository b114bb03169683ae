import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit'
import { bits, type PreparedFlow } from '../flow'
import { param, type Compiler } from '../tensor'
import { l2Deviation, relativeDeviation, toNchw, type Deviation } from './deviation'
import type { configOf } from './glow'

export const BITS = 1e-5
export const VALUES = 1e-5
export const GRADIENTS = 1e-4
export const SECOND_DERIVATIVES = 1e-3

export type FlowJson = Parameters<typeof configOf>[0]

/** A golden audit set, loaded: its tensors, networks and pictures in the engine's layout. */
export interface AuditSet {
  readonly tensors: Readonly<Record<string, tf.Tensor>>
  readonly network: AuditedNetwork
  readonly flow: PreparedFlow
  readonly x: tf.Tensor4D
  readonly simple: tf.Tensor4D
  readonly noise: tf.Tensor4D
  readonly compiler: Compiler
}

/** Bits per dimension under the set's noise [N]. */
export function bpd({ flow, noise }: AuditSet, x: tf.Tensor4D): tf.Tensor1D {
  return tf.div(bits(flow, x, noise), noise.size / (noise.shape[0] || 1))
}

type Term = [
  term: (p: tf.Tensor4D) => tf.Scalar,
  is: { name: string; expected: number; limit: number; gradient: string },
]

/** One term of the objective: its value and its gradient with respect to the pixels of x_simple. */
export function checkTerm(set: AuditSet, ...[term, is]: Term): Deviation[] {
  const gradient = tf.grad((p: tf.Tensor) => term(p as tf.Tensor4D))(set.simple)
  return [
    relativeDeviation(is.name, BITS, [term(set.simple), [is.expected]]),
    l2Deviation(is.gradient, is.limit, [toNchw(gradient), param(set.tensors, is.gradient)]),
    ...(is.name.endsWith('total') ? checkGraph(set, term, is) : []),
  ]
}

/** The whole objective as a graph. */
function checkGraph({ compiler, network, flow, simple, tensors }: AuditSet, ...[term, is]: Term): Deviation[] {
  if (!compiler.graphs) return []
  const both = (p: tf.Tensor4D): [tf.Tensor, tf.Tensor] => [
    term(p),
    tf.grad((at: tf.Tensor) => term(at as tf.Tensor4D))(p),
  ]
  const [value, gradient] = compiler.run({ models: [flow, network], name: is.name }, both, [simple])
  return [
    relativeDeviation(`${is.name} (graph)`, BITS, [value, [is.expected]]),
    l2Deviation(`${is.gradient} (graph)`, is.limit, [toNchw(gradient), param(tensors, is.gradient)]),
  ]
}
