import * as tf from '@tensorflow/tfjs-core'
import { adamDispose, adamInit, adamUpdate, type AdamConfig } from '../optim'
import type { Rng } from '../rng'
import { EAGER, toLevels, toPicture } from '../tensor'
import { descentGradient } from './descent'
import { countShares, evenShares, sharesOfPicture } from './detail'
import { stepsReady } from './prepareSteps'
import type { AuditProblem } from './problem'
import { scorePicture, type PictureScore } from './score'
import { compiledPicture } from './searchPicture'

export interface PathSettings {
  /** Shares of the film's detail at the start, from the finest scale on; the scales not named start as on the film. */
  readonly startShares: readonly number[]
  /** Standard deviation of the seeded noise on the starting shares: what makes two seeds differ. */
  readonly startNoise: number
  /** Adam on the shares: rate at the start and, falling linearly, at the end. */
  readonly rate: number
  readonly finalRate: number
  readonly beta1: number
  readonly beta2: number
  /** Weight of bits per pixel beside the task at the first step and, growing by one factor from step to step, at the last. */
  readonly firstPressure: number
  readonly lastPressure: number
  /** Weight of the mean share of detail that is kept, as a multiple of pressure². */
  readonly fading: number
  readonly steps: number
  /** Every so many steps the 8-bit picture is scored and shown. */
  readonly scoreEvery: number
}

/** A scored stop: always an 8-bit picture, never the real-valued one of the search. */
export interface PathStop extends PictureScore {
  /** Optimiser steps taken before it; 0 is the starting picture. */
  readonly step: number
  readonly pressure: number
  readonly levels: Uint8Array
  /** The shares of the film's detail that the picture was made of [S]. */
  readonly shares: Float32Array
}

interface PathControl {
  readonly rng: Rng
  readonly cancelled: () => boolean
  /** Grey levels of a first guess to start from; null: from the film with its finest detail weakened. */
  readonly guess: Uint8Array | null
}

const SCORING_DRAWS = 1

/**
 * Walks from the film to ever simpler pictures that the network uses in the same way as long as it can: Adam on the shares of the
 * film's detail (`pictureOfShares`), minimising task(x̃) + pressure · bits per pixel + fading · mean share, x̃ rounded to 8
 * bits inside. The pressure grows from step to step, so that the way is a curve of bits against match. Yields the scored
 * stops and gives way to the event loop after every step; ends early, without error, once cancelled.
 */
export async function* walkPath(
  problem: AuditProblem,
  settings: PathSettings,
  { rng, cancelled, guess }: PathControl,
): AsyncGenerator<PathStop> {
  const adam: AdamConfig = { beta1: settings.beta1, beta2: settings.beta2, epsilon: 1e-8, weightDecay: 0 }
  const { steps, firstPressure } = settings
  let state = adamInit(countShares(problem.size))
  let shares = startingShares(problem, settings, { rng, guess })
  try {
    // the first picture does not wait for graphs
    yield stopAt({ ...problem, compiler: EAGER }, shares, { step: 0, pressure: firstPressure })
    await stepsReady(problem, cancelled)
    for (let step = 1; step <= steps && !cancelled(); step++) {
      const pressure = pressureAt(settings, steps > 1 ? (step - 1) / (steps - 1) : 0)
      const draws = { match: rng.uniform(), noise: rng.uniform() }
      const fading = settings.fading * pressure ** 2
      const gradient = descentGradient(problem, shares, { pressure, fading, draws })
      const moved = adamUpdate(adam, { weights: shares, gradient, state, rate: rateAt(settings, step / steps) })
      const within = tf.clipByValue(moved.weights, 0, 1)
      tf.dispose([shares, gradient, moved.weights])
      adamDispose(state)
      shares = within
      state = moved.state
      if (step % settings.scoreEvery === 0 || step === steps) yield stopAt(problem, shares, { step, pressure })
      await tf.nextFrame()
    }
  } finally {
    shares.dispose()
    adamDispose(state)
  }
}

function rateAt({ rate, finalRate }: PathSettings, share: number): number {
  return rate + (finalRate - rate) * share
}

function pressureAt({ firstPressure, lastPressure }: PathSettings, share: number): number {
  return firstPressure * (lastPressure / firstPressure) ** share
}

/**
 * Those of the guess, or else of the film with its finest detail weakened, plus a little seeded noise. Not of a blurred film: a
 * search that starts without fine structure does not find it again, and would miss a letter that decides
 * (docs/results/audit-objectives.md).
 */
function startingShares(
  { detail, size }: AuditProblem,
  settings: PathSettings,
  { rng, guess }: { rng: Rng; guess: Uint8Array | null },
): tf.Tensor1D {
  return tf.tidy(() => {
    const start = guess ? sharesOfPicture(detail, toPicture(guess, size)) : evenShares(size, settings.startShares)
    const noise = tf.mul(tf.tensor1d(rng.normalArray(start.size)), settings.startNoise)
    return tf.clipByValue(tf.add(start, noise), 0, 1) as tf.Tensor1D
  })
}

/** The 8-bit picture of the shares, scored. */
function stopAt(problem: AuditProblem, shares: tf.Tensor1D, at: { step: number; pressure: number }): PathStop {
  const picture = compiledPicture(problem, shares)
  const score = scorePicture(problem, picture, SCORING_DRAWS)
  const levels = toLevels(picture)
  picture.dispose()
  return { ...at, ...score, levels, shares: Float32Array.from(shares.dataSync()) }
}
