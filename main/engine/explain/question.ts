import * as tf from '@tensorflow/tfjs-core'
import { flatLevels, logOdds, type AuditedNetwork } from '../audit'
import { toPicture } from '../tensor'

/**
 * What is explained: the network's decision on one film. Every method explains one score, the calibrated logit taken with the
 * sign of the decision, so that a positive value always speaks for what was decided.
 */
export interface Question {
  readonly network: AuditedNetwork
  readonly size: number
  /** [1, size, size, 1] in [0, 1]. */
  readonly film: tf.Tensor4D
  /** The film's mean grey everywhere: what stands for "nothing there" in every method (`flatLevels`). */
  readonly flat: tf.Tensor4D
  readonly decision: boolean
}

/** A question about a film given as grey levels; the caller disposes film and flat picture. */
export function questionOf(network: AuditedNetwork, levels: Uint8Array, size: number): Question {
  const film = toPicture(levels, size)
  const flat = toPicture(flatLevels(levels), size)
  const [logit = NaN] = tf.tidy(() => logOdds(network.run(film).logits).dataSync())
  return { network, size, film, flat, decision: logit >= network.boundary }
}

export function disposeQuestion({ film, flat }: Question): void {
  tf.dispose([film, flat])
}

/** The explained score of pictures [N]: the logit, for a "no" its negative. Differentiable. */
export function scoreOf(question: Question, logits: tf.Tensor2D): tf.Tensor1D {
  return question.decision ? logOdds(logits) : tf.neg(logOdds(logits))
}

/** Scores of pictures [N, size, size, 1]. */
export function scores(question: Question, pictures: tf.Tensor4D): Float32Array {
  return tf.tidy(() => Float32Array.from(scoreOf(question, question.network.run(pictures).logits).dataSync()))
}

/** How a computation gives way to the event loop between its steps, and whether it is to end. */
export interface StepControl {
  readonly cancelled: () => boolean
  /** After each step of work; the unit is one pass of a batch. */
  readonly onStep: () => void
}

/** Thrown where a computation was cancelled in its middle, so that no half map is taken for a whole one. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Lets messages in; @throws Interrupted once cancelled */
export async function step(control: StepControl): Promise<void> {
  control.onStep()
  await tf.nextFrame()
  if (control.cancelled()) throw new Interrupted('cancelled')
}
