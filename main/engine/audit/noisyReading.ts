import * as tf from '@tensorflow/tfjs-core'
import { withNoise } from '../flow'
import { holdsInAll, keptDraws, type KeptDraws } from './decision'
import { klOfLogits, classLogits } from './objectives'
import type { AuditProblem } from './problem'
import { withPicture } from './withPicture'

/** How the network reads film and picture under the same noises, draw by draw. */
interface NoisyReading {
  /** Decisions for the picture. */
  readonly decisions: boolean[]
  /** |logit(film) − logit(picture)|, calibrated. */
  readonly logitDifferences: number[]
  /** KL(f(film) ‖ f(picture)), nats. */
  readonly kls: number[]
}

/** @param picture [1, size, size, 1] in [0, 1]; stays the caller's, and no tensors are left behind */
export function readUnderNoise(problem: AuditProblem, picture: tf.Tensor4D): NoisyReading {
  const { network, noises } = problem
  const read = tf.tidy(() => {
    const film = network.run(withNoise(problem.film, noises)).logits
    const simple = network.run(withNoise(picture, noises)).logits
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

/** What is asked of a picture's decisions. */
interface UnderNoise {
  readonly decision: boolean
  /** [draws, size, size, 1] in flow units; those under which figures are reported, unless told otherwise. */
  readonly noises?: tf.Tensor4D
}

/**
 * Under how many of the noises the decision for a picture is `decision`.
 *
 * @param picture [1, size, size, 1] in [0, 1]; stays the caller's, and no tensors are left behind
 */
export function pictureKept(problem: AuditProblem, picture: tf.Tensor4D, under: UnderNoise): KeptDraws {
  const { network } = problem
  const { decision, noises = problem.noises } = under
  const read = tf.tidy(() => logOdds(network.run(withNoise(picture, noises)).logits))
  const decisions = Array.from(read.dataSync(), (logit) => logit >= network.boundary)
  read.dispose()
  return keptDraws(decisions, decision)
}

/** `pictureKept` of grey levels, row-major, size × size. */
export function levelsKept(problem: AuditProblem, levels: Uint8Array, under: UnderNoise): KeptDraws {
  return withPicture(problem.size, levels, (picture) => pictureKept(problem, picture, under))
}

/** Whether the decision for a picture is `decision` under every one of the noises; `levels` row-major, size × size. */
export function decisionHolds(problem: AuditProblem, levels: Uint8Array, under: UnderNoise): boolean {
  return holdsInAll(levelsKept(problem, levels, under))
}

/** Log-odds of "yes" [N]: the one logit, or the difference of two. */
export function logOdds(logits: tf.Tensor2D): tf.Tensor1D {
  const [no, yes] = tf.unstack(classLogits(logits), 1) as [tf.Tensor1D, tf.Tensor1D]
  return tf.sub(yes, no)
}
