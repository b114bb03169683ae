import * as tf from '@tensorflow/tfjs-core'
import { bits } from '../flow'
import { meanShare, pictureOfShares } from './detail'
import type { AuditProblem } from './problem'
import { keptTensors, withKeptTensors } from './restriction'

/** Where on the way a step is taken. */
interface DescentPoint {
  /** Weight of bits per pixel. */
  readonly pressure: number
  /** Weight of the mean share of the film's detail. */
  readonly fading: number
  /** Uniform in [0, 1): what the objective draws, and which of the search's noises. */
  readonly draws: { readonly match: number; readonly noise: number }
}

/** Shares, noise, pressure, fading, the film's bands and mean, then the restriction's tensors and the matcher's. */
type DescentInputs = [tf.Tensor1D, tf.Tensor4D, tf.Scalar, tf.Scalar, tf.Tensor3D, tf.Scalar, ...tf.Tensor[]]

/**
 * Gradient of task(x̃) + pressure · bits per pixel + fading · mean share, with respect to the shares of the film's detail [S];
 * x̃ their 8-bit picture. The last term takes away what nothing holds: a flow charges as much for a pale smooth shade as for
 * a strong one. The whole step is one compiled function of the models: film, targets, noise and prices go in.
 */
export function descentGradient(problem: AuditProblem, shares: tf.Tensor1D, at: DescentPoint): tf.Tensor1D {
  const { searchNoises, compiler } = problem
  const index = Math.floor(at.draws.noise * searchNoises.shape[0])
  const { of, fn } = descentStep(problem)
  return tf.tidy(() => {
    const noise = tf.slice4d(searchNoises, [index, 0, 0, 0], [1, -1, -1, -1])
    const [pressure, fading] = [tf.scalar(at.pressure), tf.scalar(at.fading)]
    const inputs = descentInputs(problem, { shares, noise, pressure, fading, draw: at.draws.match })
    return compiler.run(of, fn, inputs)[0]
  })
}

/** What goes into a step. */
export function descentInputs(
  problem: AuditProblem,
  step: { shares: tf.Tensor1D; noise: tf.Tensor4D; pressure: tf.Scalar; fading: tf.Scalar; draw: number },
): DescentInputs {
  const { bands, mean } = problem.detail
  const film = [...keptTensors(problem), ...problem.matcher.held(step.draw)]
  return [step.shares, step.noise, step.pressure, step.fading, bands, mean, ...film]
}

/** The step as a function of its inputs, and its name. */
export function descentStep(problem: AuditProblem) {
  const { flow, network, matcher, kept, size } = problem
  const masks = keptTensors(problem).length
  const fn = (...[shares, noise, pressure, fading, bands, mean, ...film]: DescentInputs): [tf.Tensor1D] => {
    const restriction = film.slice(0, masks)
    const held = film.slice(masks)
    const loss = (point: tf.Tensor) => {
      const picture = withKeptTensors(restriction, pictureOfShares({ bands, mean }, point as tf.Tensor1D))
      const { task } = matcher.compareTo(picture, held)
      const bpd = tf.div(tf.sum(bits(flow, picture, noise)), size * size)
      const keptShare = meanShare(point as tf.Tensor1D, size)
      return tf.addN([tf.sum(task), tf.mul(bpd, pressure), tf.mul(keptShare, fading)])
    }
    return [tf.grad(loss)(shares) as tf.Tensor1D]
  }
  const name = ['descent', matcher.identity, kept ? 'restricted' : 'whole'].join(' ')
  return { of: { models: [flow, network], name }, fn }
}
