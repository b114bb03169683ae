import * as tf from '@tensorflow/tfjs-core'
import { NOISE_WIDTH } from '../flow'
import type { Rng } from '../rng'
import { filmDetail, type FilmDetail } from './detail'
import { flatLevels } from './flatPicture'
import type { Matcher, MatchingObjective } from './objectives'
import { EAGER, toPicture } from '../tensor'
import { keptPixels, type KeptPixels } from './restriction'
import type { SearchModels } from './searchModels'

/** What is asked: which models, which film, matched how, judged under which noise. */
export interface AuditQuestion extends Omit<SearchModels, 'now'> {
  /** Grey levels, row-major, size × size. */
  readonly filmLevels: Uint8Array
  readonly objective: MatchingObjective
  /** 1 where the film's pixels stay as they are, row-major; null: all may change. */
  readonly keep?: Uint8Array | null
  /** Dequantisation noises under which every reported figure is averaged. */
  readonly noiseDraws: number
  readonly rng: Rng
}

/** One film under audit, with everything that depends on the film alone computed once. */
export interface AuditProblem extends Required<Omit<SearchModels, 'now'>> {
  readonly size: number
  /** [1, size, size, 1] in [0, 1]. */
  readonly film: tf.Tensor4D
  /** What `film` was made of, row-major, size × size. */
  readonly filmLevels: Uint8Array
  /** What the search weighs. */
  readonly detail: FilmDetail
  readonly kept: KeptPixels | null
  /** Levels of the flat picture that "above flat" counts from (`flatLevels`), size × size. */
  readonly flat: Uint8Array
  readonly objective: MatchingObjective
  readonly matcher: Matcher
  /** [draws, size, size, 1] in flow units. */
  readonly noises: tf.Tensor4D
  /** As many others, for the search: what is reported was not optimised on. */
  readonly searchNoises: tf.Tensor4D
  dispose(): void
}

/**
 * Draws two sets of noises, first those of the figures, then those of the search, and prepares film, detail and matcher once.
 * The caller ends it with `dispose`; models, question and levels stay the caller's.
 *
 * @throws RangeError where the flow's size is no power of two of 8 at least (`detailScales`), Error where levels or mask are
 * not size × size
 */
export function prepareProblem(question: AuditQuestion): AuditProblem {
  const { flow, network, filmLevels, objective, compiler = EAGER } = question
  const made = tensorsOf(question)
  const { film, bands, mean, kept = null, noises, searchNoises } = made
  const matcher = preparedMatcher(question, made)
  return {
    flow,
    network,
    size: flow.config.size,
    film,
    filmLevels,
    detail: { bands, mean },
    kept,
    flat: flatLevels(filmLevels),
    objective,
    matcher,
    noises,
    searchNoises,
    compiler,
    dispose() {
      matcher.dispose()
      tf.dispose(made)
    },
  }
}

/** All or none. */
function tensorsOf({ flow, filmLevels, keep, noiseDraws, rng }: AuditQuestion) {
  const { size } = flow.config
  const drawNoises = () => {
    const draws = tf.tensor4d(rng.uniformArray(noiseDraws * size * size), [noiseDraws, size, size, 1])
    return tf.mul(draws, NOISE_WIDTH) as tf.Tensor4D
  }
  return tf.tidy(() => {
    const film = toPicture(filmLevels, size)
    const { bands, mean } = filmDetail(film)
    const kept = keep ? { kept: keptPixels(keep, size) } : {}
    return { film, bands, mean, ...kept, noises: drawNoises(), searchNoises: drawNoises() }
  })
}

/** Where there is none, the film's tensors go too. */
function preparedMatcher({ objective, network }: AuditQuestion, made: ReturnType<typeof tensorsOf>): Matcher {
  try {
    return objective.prepare(network, made.film)
  } catch (error) {
    tf.dispose(made)
    throw error
  }
}
