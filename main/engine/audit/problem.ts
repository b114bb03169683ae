import * as tf from '@tensorflow/tfjs-core'
import { flowForward, NOISE_WIDTH, toFlowRange, type PreparedFlow } from '../flow'
import type { Rng } from '../rng'
import type { AuditedNetwork } from './network'
import { flatLevels } from './flatPicture'
import type { Matcher, MatchingObjective } from './objectives'
import { toPicture } from './picture'

/** What is asked: which models, which film, matched how, judged under which noise. */
export interface AuditQuestion {
  readonly flow: PreparedFlow
  readonly network: AuditedNetwork
  /** Grey levels, row-major, size × size. */
  readonly film: Uint8Array
  readonly objective: MatchingObjective
  /** Dequantisation noises under which every reported figure is averaged. */
  readonly noiseDraws: number
  readonly rng: Rng
}

/** One film under audit, with everything that depends on the film alone computed once. */
export interface AuditProblem {
  readonly flow: PreparedFlow
  readonly network: AuditedNetwork
  readonly size: number
  /** [1, size, size, 1] in [0, 1]. */
  readonly film: tf.Tensor4D
  readonly filmLevels: Uint8Array
  readonly flat: Uint8Array
  readonly matcher: Matcher
  /** [draws, size, size, 1] in flow units. */
  readonly noises: tf.Tensor4D
  /** Latents of film and flat picture, all levels in one vector [size²]. */
  readonly filmLatents: tf.Tensor1D
  readonly flatLatents: tf.Tensor1D
  dispose(): void
}

export function prepareProblem(question: AuditQuestion): AuditProblem {
  const { flow, network, film: filmLevels, objective, noiseDraws, rng } = question
  const { size } = flow.config
  const flat = flatLevels(filmLevels)
  const { film, noises, filmLatents, flatLatents } = tf.tidy(() => {
    const picture = toPicture(filmLevels, size)
    const draws = tf.tensor4d(rng.uniformArray(noiseDraws * size * size), [noiseDraws, size, size, 1])
    return {
      film: picture,
      noises: tf.mul(draws, NOISE_WIDTH) as tf.Tensor4D,
      filmLatents: latentVector(flow, picture),
      flatLatents: latentVector(flow, toPicture(flat, size)),
    }
  })
  const matcher = objective.prepare(network, film)
  return {
    ...{ flow, network, size, film, filmLevels, flat, matcher, noises, filmLatents, flatLatents },
    dispose() {
      matcher.dispose()
      tf.dispose([film, noises, filmLatents, flatLatents])
    },
  }
}

/** Latents of a picture in the middle of its grey levels, as one vector. */
function latentVector(flow: PreparedFlow, picture: tf.Tensor4D): tf.Tensor1D {
  const middle = tf.fill<tf.Rank.R4>(picture.shape, NOISE_WIDTH / 2)
  const { latents } = flowForward(flow, toFlowRange(picture, middle))
  return tf.concat1d(latents.map((z) => tf.reshape(z, [-1])))
}
