import * as tf from '@tensorflow/tfjs-core'
import {
  compiledPicture,
  scoreLevels,
  walkPath,
  type AuditProblem,
  type PathSettings,
  type PathStop,
  type PictureScore,
} from '../audit'
import type { Rng } from '../rng'
import { toLevels } from '../tensor'

/** How far the knob presses on. */
export const COUNTERFACTUAL = {
  /** From stage to stage the weight of bits grows so many times: at the end it is 512 times that of the audit's stop. */
  growth: 8,
  stages: 3,
  stepsPerStage: 14,
  /** Adam's rate on the shares of detail at the start and, falling linearly, at the end. */
  rate: 0.05,
  finalRate: 0.02,
  /** Then the rest is faded to grey in so many even steps. */
  fadeSteps: 24,
} as const

/** Steps from the first to the last stop. */
export function pressingSteps(stages: number): number {
  return stages * COUNTERFACTUAL.stepsPerStage + COUNTERFACTUAL.fadeSteps
}

/**
 * Every step's 8-bit picture, judged, `start` first. The audit's own search goes on from it, the weight of bits growing on (its price of
 * detail, which would soon outgrow all else, left out); Adam does not see the scale of a loss, so that a growing weight of bits
 * is a vanishing weight of the match. Then, because bits alone do not empty a picture, what detail is left is faded
 * evenly to the flat grey one:
 *
 *     s_i = (1 − i/n) s
 *
 * Ends early once cancelled.
 */
export async function* pressOn(
  problem: AuditProblem,
  from: {
    readonly start: Uint8Array
    readonly pressure: number
    readonly stages: number
    readonly path: PathSettings
    readonly rng: Rng
    readonly cancelled: () => boolean
  },
): AsyncGenerator<PathStop> {
  const { stepsPerStage, growth, rate, finalRate } = COUNTERFACTUAL
  const { stages, start, pressure, rng, cancelled } = from
  const further = { firstPressure: pressure, lastPressure: pressure * growth ** stages, steps: stages * stepsPerStage }
  const search = { ...from.path, ...further, rate, finalRate, fading: 0, scoreEvery: 1, startNoise: 0 }
  let last: PathStop | null = null
  for await (const stop of walkPath(problem, search, { guess: start, rng, cancelled })) {
    last = stop
    // the search starts at the nearest picture that it can make, which need not be the same to a grey level
    yield stop.step === 0 ? { ...stop, ...judged(problem, start) } : stop
  }
  if (last) yield* fade(problem, last, cancelled)
}

async function* fade(problem: AuditProblem, from: PathStop, cancelled: () => boolean): AsyncGenerator<PathStop> {
  const { fadeSteps } = COUNTERFACTUAL
  for (let i = 1; i <= fadeSteps && !cancelled(); i++) {
    const shares = from.shares.map((share) => (1 - i / fadeSteps) * share)
    const picture = tf.tidy(() => compiledPicture(problem, tf.tensor1d(shares)))
    const levels = toLevels(picture)
    picture.dispose()
    yield { step: from.step + i, pressure: from.pressure, shares, ...judged(problem, levels) }
    await tf.nextFrame()
  }
}

function judged(problem: AuditProblem, levels: Uint8Array): PictureScore & { readonly levels: Uint8Array } {
  return { ...scoreLevels(problem, levels, { draws: 1 }), levels }
}
