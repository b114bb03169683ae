import * as tf from '@tensorflow/tfjs-core'
import { klOfLogits, classLogits } from './objectives'
import type { AuditProblem } from './problem'

/** The network's reading of film and picture under the same noises, draw by draw. */
export interface NoisyReading {
  /** Decisions for the picture. */
  readonly decisions: boolean[]
  /** |logit(film) − logit(picture)|, calibrated. */
  readonly logitDifferences: number[]
  /** KL(f(film) ‖ f(picture)), nats. */
  readonly kls: number[]
}

/** Flow noise in pixel units: the flow sees x·255/256 + u, so the classifier sees x + u·256/255. */
export function withNoise(problem: AuditProblem, picture: tf.Tensor4D, noises = problem.noises): tf.Tensor4D {
  return tf.add(picture, tf.mul(noises, 256 / 255))
}

/** @param noises those under which figures are reported, unless told otherwise */
export function readUnderNoise(problem: AuditProblem, picture: tf.Tensor4D, noises = problem.noises): NoisyReading {
  const { network } = problem
  const read = tf.tidy(() => {
    const film = network.run(withNoise(problem, problem.film, noises)).logits
    const simple = network.run(withNoise(problem, picture, noises)).logits
    const kl = klOfLogits(classLogits(film), classLogits(simple))
    return tf.stack([logOdds(film), logOdds(simple), kl], 1) as tf.Tensor2D
  })
  const rows = read.arraySync()
  read.dispose()
  return {
    decisions: rows.map(([, simple = NaN]) => simple >= network.boundary),
    logitDifferences: rows.map(([film = NaN, simple = NaN]) => Math.abs(film - simple)),
    kls: rows.map(([, , kl = NaN]) => kl),
  }
}

/** Log-odds of "yes" [N]: the one logit, or the difference of two. */
export function logOdds(logits: tf.Tensor2D): tf.Tensor1D {
  const [no, yes] = tf.unstack(classLogits(logits), 1) as [tf.Tensor1D, tf.Tensor1D]
  return tf.sub(yes, no)
}
