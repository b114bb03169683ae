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
export type DescentInputs = [tf.Tensor1D, tf.Tensor4D, tf.Scalar, ...tf.Tensor[]]

/**
 * Gradient of task(x̃) + pressure · bits per pixel + what leaves the range, with respect to the latents [size²]; x̃ their
 * 8-bit picture. The whole step is one compiled function of the models: film, targets, noise and pressure go in.
 */
export function descentGradient(problem: AuditProblem, latents: tf.Tensor1D, at: DescentPoint): tf.Tensor1D {
  const { searchNoises, compiler } = problem
  const index = Math.floor(at.draws.noise * searchNoises.shape[0])
  const { of, fn } = descentStep(problem, at.outOfRangeWeight)
  return tf.tidy(() => {
    const noise = tf.slice4d(searchNoises, [index, 0, 0, 0], [1, -1, -1, -1])
    const inputs = descentInputs(problem, { latents, noise, pressure: tf.scalar(at.pressure), draw: at.draws.match })
    return compiler.run(of, fn, inputs)[0]
  })
}

/** What goes into a step. */
export function descentInputs(
  problem: AuditProblem,
  step: { latents: tf.Tensor1D; noise: tf.Tensor4D; pressure: tf.Scalar; draw: number },
): DescentInputs {
  return [step.latents, step.noise, step.pressure, ...keptTensors(problem), ...problem.matcher.held(step.draw)]
}

/** The step as a function of its inputs, and its name. */
export function descentStep(problem: AuditProblem, outOfRangeWeight: number) {
  const { flow, network, matcher, kept } = problem
  const masks = keptTensors(problem).length
  const fn = (...[vector, noise, pressure, ...film]: DescentInputs): [tf.Tensor1D] => {
    const restriction = restrictionOf(film.slice(0, masks))
    const held = film.slice(masks)
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
  const name = ['descent', matcher.identity, outOfRangeWeight, kept ? 'restricted' : 'whole'].join(' ')
  return { of: { models: [flow, network], name }, fn }
}

function restrictionOf([film, kept]: readonly tf.Tensor[]): Parameters<typeof withKept>[0] | null {
  return film && kept ? { film: film as tf.Tensor4D, kept: kept as tf.Tensor4D } : null
}
