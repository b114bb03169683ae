import * as tf from '@tensorflow/tfjs-core'
import {
  compiledPicture,
  latentVector,
  scorePicture,
  toLevels,
  toPicture,
  walkPath,
  type AuditProblem,
  type PathSettings,
  type PathStop,
} from '../audit'
import type { Rng } from '../rng'

/** How far the knob presses on. */
export const COUNTERFACTUAL = {
  /** From stage to stage the weight of bits grows so many times: at the end it is 512 times that of the audit's stop. */
  growth: 8,
  stages: 3,
  stepsPerStage: 14,
  /** Adam's rate on the latents at the start and, falling linearly, at the end. */
  rate: 0.03,
  finalRate: 0.005,
  /** Then the rest is faded to grey in so many even steps. */
  fadeSteps: 24,
} as const

/** Steps from the first to the last stop. */
export function pressingSteps(stages: number): number {
  return stages * COUNTERFACTUAL.stepsPerStage + COUNTERFACTUAL.fadeSteps
}

/**
 * Every step's 8-bit picture, judged. First the audit's own search goes on from `start`, the weight of bits growing from stage to
 * stage; Adam does not see the scale of a loss, so that a growing weight of bits is a vanishing weight of the match. Then, because
 * a search of a few dozen steps does not empty a picture, what is left is faded evenly, in the flow's latents, to the flat grey one:
 *
 *     z_i = z_flat + (1 − i/n)(z − z_flat)
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
  const { stages, start, rng, cancelled } = from
  const pressures = Array.from({ length: stages }, (_, stage) => from.pressure * growth ** (stage + 1))
  const search = { ...from.path, pressures, stepsPerPressure: stepsPerStage, rate, finalRate, scoreEvery: 1 }
  let last: PathStop | null = null
  for await (const stop of walkPath(
    problem,
    { ...search, guessShare: 1, startNoise: 0 },
    { guess: start, rng, cancelled },
  )) {
    last = stop
    yield stop
  }
  if (last) yield* fade(problem, last, cancelled)
}

async function* fade(problem: AuditProblem, from: PathStop, cancelled: () => boolean): AsyncGenerator<PathStop> {
  const { flow, size, flat } = problem
  const latentsOf = (levels: Uint8Array) => tf.tidy(() => latentVector(flow, toPicture(levels, size)))
  const [end, begin] = [latentsOf(flat), latentsOf(from.levels)]
  const { fadeSteps } = COUNTERFACTUAL
  try {
    for (let i = 1; i <= fadeSteps && !cancelled(); i++) {
      const picture = tf.tidy(() => {
        const share = 1 - i / fadeSteps
        return compiledPicture(problem, tf.add(end, tf.mul(tf.sub(begin, end), share)) as tf.Tensor1D)
      })
      const score = scorePicture(problem, picture, 1)
      const levels = toLevels(picture)
      picture.dispose()
      yield { step: from.step + i, pressure: from.pressure, levels, ...score }
      await tf.nextFrame()
    }
  } finally {
    tf.dispose([end, begin])
  }
}
