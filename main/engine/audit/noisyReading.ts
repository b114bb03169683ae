import * as tf from '@tensorflow/tfjs-core'
import { withNoise } from '../flow'
import { holdsInAll, keptDraws } from './decision'
import { klOfLogits, classLogits } from './objectives'
import type { AuditProblem } from './problem'
import { withPicture } from './withPicture'

/** The network's reading of film and picture under the same noises, draw by draw. */
interface NoisyReading {
  /** Decisions for the picture. */
  readonly decisions: boolean[]
  /** |logit(film) − logit(picture)|, calibrated. */
  readonly logitDifferences: number[]
  /** KL(f(film) ‖ f(picture)), nats. */
  readonly kls: number[]
}

/**
 * @param picture [1, size, size, 1] in [0, 1]; stays the caller's, and no tensors are left behind
 * @param noises [draws, size, size, 1] in flow units; those under which figures are reported, unless told otherwise
 */
export function readUnderNoise(problem: AuditProblem, picture: tf.Tensor4D, noises = problem.noises): NoisyReading {
  const { network } = problem
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

/** `readUnderNoise` of grey levels, row-major, size × size. */
export function readLevels(problem: AuditProblem, levels: Uint8Array, noises = problem.noises): NoisyReading {
  return withPicture(problem.size, levels, (picture) => readUnderNoise(problem, picture, noises))
}

/**
 * Whether the decision for a picture is `decision` under every one of the noises.
 *
 * @param levels grey levels, row-major, size × size
 * @param under.noises as in `readUnderNoise`
 */
export function decisionHolds(
  problem: AuditProblem,
  levels: Uint8Array,
  under: { readonly decision: boolean; readonly noises: tf.Tensor4D },
): boolean {
  const { decisions } = readLevels(problem, levels, under.noises)
  return holdsInAll(keptDraws(decisions, under.decision))
}

/** Log-odds of "yes" [N]: the one logit, or the difference of two. */
export function logOdds(logits: tf.Tensor2D): tf.Tensor1D {
  const [no, yes] = tf.unstack(classLogits(logits), 1) as [tf.Tensor1D, tf.Tensor1D]
  return tf.sub(yes, no)
}
