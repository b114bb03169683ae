import * as tf from '@tensorflow/tfjs-core'
import { bits, flowInverse, fromFlowRange } from '../flow'
import { latentsByLevel } from './latents'
import { outOfRange } from './objectives'
import { quantise } from './picture'
import type { AuditProblem } from './problem'
import { keptTensors, withKept } from './restriction'

/** Where on the way a step is taken. */
export interface DescentPoint {
  /** Weight of bits per pixel. */
  readonly pressure: number
  /** Uniform in [0, 1): what the objective draws, and which of the search's noises. */
  readonly draws: { readonly match: number; readonly noise: number }
  /** Weight of Σ relu(|x − ½| − ½)² over the pixels that leave [0, 1]. */
  readonly outOfRangeWeight: number
}

/** Latents, noise, pressure, then the restriction's tensors and the matcher's. */
type Inputs = [tf.Tensor1D, tf.Tensor4D, tf.Scalar, ...tf.Tensor[]]

/**
 * Gradient of task(x̃) + pressure · bits per pixel + what leaves the range, with respect to the latents [size²]; x̃ their
 * 8-bit picture. The whole step is one compiled function of the models: film, targets, noise and pressure go in.
 */
export function descentGradient(problem: AuditProblem, latents: tf.Tensor1D, at: DescentPoint): tf.Tensor1D {
  const { flow, network, matcher, searchNoises, compiler, kept } = problem
  const { outOfRangeWeight } = at
  const index = Math.floor(at.draws.noise * searchNoises.shape[0])
  const mask = keptTensors(problem)
  const gradient = (...[vector, noise, pressure, ...film]: Inputs): [tf.Tensor1D] => {
    const restriction = restrictionOf(film.slice(0, mask.length))
    const held = film.slice(mask.length)
    const loss = (point: tf.Tensor) => {
      const { g } = flowInverse(flow, latentsByLevel(flow, point as tf.Tensor1D))
      const picture = restriction ? withKept(restriction, quantise(g)) : quantise(g)
      const { task } = matcher.compareTo(picture, held)
      const bpd = tf.div(tf.sum(bits(flow, picture, noise)), point.size)
      const outside = tf.mul(tf.sum(outOfRange(fromFlowRange(g))), outOfRangeWeight)
      return tf.addN([tf.sum(task), tf.mul(bpd, pressure), outside])
    }
    return [tf.grad(loss)(vector) as tf.Tensor1D]
  }
  return tf.tidy(() => {
    const noise = tf.slice4d(searchNoises, [index, 0, 0, 0], [1, -1, -1, -1])
    const inputs: Inputs = [latents, noise, tf.scalar(at.pressure), ...mask, ...matcher.held(at.draws.match)]
    const name = ['descent', matcher.identity, outOfRangeWeight, kept ? 'restricted' : 'whole'].join(' ')
    const [found] = compiler.run({ models: [flow, network], name }, gradient, inputs)
    return found
  })
}

function restrictionOf([film, kept]: readonly tf.Tensor[]): Parameters<typeof withKept>[0] | null {
  return film && kept ? { film: film as tf.Tensor4D, kept: kept as tf.Tensor4D } : null
}
