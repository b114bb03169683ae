import * as tf from '@tensorflow/tfjs-core'
import { adamDispose, adamInit, adamUpdate, type AdamConfig, type AdamState } from '../optim'
import type { Rng } from '../rng'
import { EAGER } from '../tensor'
import { descentGradient } from './descent'
import { compiledPicture, latentVector } from './latents'
import { toLevels, toPicture } from './picture'
import { stepsReady } from './prepareSteps'
import type { AuditProblem } from './problem'
import { withKept } from './restriction'
import { scorePicture, type PictureScore } from './score'

export interface PathSettings {
  /** The search starts this share of the way from the flat picture's latents to the film's. */
  readonly startShare: number
  /** The same towards a guess, where there is one. */
  readonly guessShare: number
  /** Standard deviation of the seeded noise on the starting latents: what makes two seeds differ. */
  readonly startNoise: number
  /** Adam on the latents: rate at the start and, falling linearly, at the end. */
  readonly rate: number
  readonly finalRate: number
  readonly beta1: number
  readonly beta2: number
  /** Weights of bits per pixel beside the task, one after the other, each starting where the last one ended. */
  readonly pressures: readonly number[]
  readonly stepsPerPressure: number
  /** Every so many steps the 8-bit picture is scored and shown. */
  readonly scoreEvery: number
  /** Weight of Σ relu(|x − ½| − ½)² over the pixels that leave [0, 1]. */
  readonly outOfRangeWeight: number
}

/** A scored stop: always an 8-bit picture, never the real-valued one of the search. */
export interface PathStop extends PictureScore {
  /** Optimiser steps taken before it; 0 is the starting picture. */
  readonly step: number
  readonly pressure: number
  readonly levels: Uint8Array
}

export interface PathControl {
  readonly rng: Rng
  readonly cancelled: () => boolean
  /** Grey levels of a first guess to start from; null: part of the way from a flat picture. */
  readonly guess: Uint8Array | null
}

const SCORING_DRAWS = 1

export function pathLength(settings: PathSettings): number {
  return settings.pressures.length * settings.stepsPerPressure
}

/**
 * Walks from a picture between flat grey and film to the simplest one that the network uses in the same way: Adam on the flow's
 * latents, minimising task(x̃) + pressure · bits per pixel, x̃ rounded to 8 bits inside the task (straight-through).
 * Bits of the search are those of the rounded picture under noise, as reported: the cheaper bits of the latents themselves
 * soon fall without the picture's falling, because no 8-bit picture is as smooth. Yields the scored stops and gives
 * way to the event loop after every step; ends early, without error, once cancelled.
 */
export async function* walkPath(
  problem: AuditProblem,
  settings: PathSettings,
  { rng, cancelled, guess }: PathControl,
): AsyncGenerator<PathStop> {
  const adam: AdamConfig = { beta1: settings.beta1, beta2: settings.beta2, epsilon: 1e-8, weightDecay: 0 }
  let state = adamInit(problem.film.size)
  const { outOfRangeWeight } = settings
  let latents = startingLatents(problem, settings, { rng, guess })
  const steps = pathLength(settings)
  try {
    // the first picture does not wait for graphs
    yield stopAt({ ...problem, compiler: EAGER }, latents, { step: 0, pressure: settings.pressures[0] ?? 0 })
    await stepsReady(problem, outOfRangeWeight, cancelled)
    for (let step = 1; step <= steps && !cancelled(); step++) {
      const pressure = settings.pressures[Math.floor((step - 1) / settings.stepsPerPressure)] ?? 0
      const draws = { match: rng.uniform(), noise: rng.uniform() }
      const gradient = descentGradient(problem, latents, { pressure, draws, outOfRangeWeight })
      const moved = adamUpdate(adam, { weights: latents, gradient, state, rate: rateAt(settings, step / steps) })
      replaceState({ latents, gradient, state })
      latents = moved.weights
      state = moved.state
      if (step % settings.scoreEvery === 0 || step === steps) yield stopAt(problem, latents, { step, pressure })
      await tf.nextFrame()
    }
  } finally {
    latents.dispose()
    adamDispose(state)
  }
}

function rateAt({ rate, finalRate }: PathSettings, share: number): number {
  return rate + (finalRate - rate) * share
}

function replaceState(old: { latents: tf.Tensor1D; gradient: tf.Tensor1D; state: AdamState }): void {
  tf.dispose([old.latents, old.gradient])
  adamDispose(old.state)
}

/**
 * Part of the way from the flat picture's latents to those of the guess, or else of the film; plus a little seeded noise. Not of a
 * blurred film: a search that starts without fine structure does not find it again, and would miss a letter that decides
 * (docs/results/audit-objectives.md).
 */
function startingLatents(
  problem: AuditProblem,
  settings: PathSettings,
  { rng, guess }: { rng: Rng; guess: Uint8Array | null },
): tf.Tensor1D {
  const { flow, film, flat, size } = problem
  return tf.tidy(() => {
    const noise = tf.mul(tf.tensor1d(rng.normalArray(size * size)), settings.startNoise)
    const from = latentVector(flow, toPicture(flat, size))
    const to = latentVector(flow, guess ? toPicture(guess, size) : film)
    const share = guess ? settings.guessShare : settings.startShare
    return tf.addN([from, tf.mul(tf.sub(to, from), share), noise]) as tf.Tensor1D
  })
}

/** The 8-bit picture of the latents, scored. */
function stopAt(problem: AuditProblem, latents: tf.Tensor1D, at: { step: number; pressure: number }): PathStop {
  const picture = tf.tidy(() => withKept(problem, compiledPicture(problem, latents)))
  const score = scorePicture(problem, picture, SCORING_DRAWS)
  const levels = toLevels(picture)
  picture.dispose()
  return { ...at, ...score, levels }
}
