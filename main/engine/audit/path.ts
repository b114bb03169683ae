import * as tf from '@tensorflow/tfjs-core'
import { flowInverseWithBits, fromFlowRange } from '../flow'
import { adamDispose, adamInit, adamUpdate, type AdamConfig, type AdamState } from '../optim'
import type { Rng } from '../rng'
import { outOfRange } from './objectives'
import { quantise, toLevels } from './picture'
import type { AuditProblem } from './problem'
import { scorePicture, type PictureScore } from './score'

export interface PathSettings {
  /** The search starts this share of the way from the flat picture's latents to the film's. */
  readonly startShare: number
  /** Standard deviation of the seeded noise on the starting latents: what makes two seeds differ. */
  readonly startNoise: number
  /** Adam on the latents. */
  readonly rate: number
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
}

const SCORING_DRAWS = 1

export function pathLength(settings: PathSettings): number {
  return settings.pressures.length * settings.stepsPerPressure
}

/**
 * Walks from a nearly flat picture towards the simplest one that the network uses in the same way: Adam on the flow's
 * latents, minimising task(x̃) + pressure · bits per pixel, x̃ rounded to 8 bits inside the task (straight-through).
 * Bits of the search are those of the latents themselves, from the same inverse pass. Yields the scored stops and gives
 * way to the event loop after every step; ends early, without error, once cancelled.
 */
export async function* walkPath(
  problem: AuditProblem,
  settings: PathSettings,
  { rng, cancelled }: PathControl,
): AsyncGenerator<PathStop> {
  const adam: AdamConfig = { beta1: settings.beta1, beta2: settings.beta2, epsilon: 1e-8, weightDecay: 0 }
  let state = adamInit(problem.filmLatents.size)
  let latents = startingLatents(problem, settings, rng)
  const steps = pathLength(settings)
  try {
    yield stopAt(problem, latents, { step: 0, pressure: settings.pressures[0] ?? 0 })
    for (let step = 1; step <= steps && !cancelled(); step++) {
      const pressure = settings.pressures[Math.floor((step - 1) / settings.stepsPerPressure)] ?? 0
      const gradient = descentGradient(problem, latents, { pressure, draw: rng.uniform(), settings })
      const moved = adamUpdate(adam, { weights: latents, gradient, state, rate: settings.rate })
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

function replaceState(old: { latents: tf.Tensor1D; gradient: tf.Tensor1D; state: AdamState }): void {
  tf.dispose([old.latents, old.gradient])
  adamDispose(old.state)
}

export function startingLatents(problem: AuditProblem, settings: PathSettings, rng: Rng): tf.Tensor1D {
  const { flatLatents, filmLatents } = problem
  return tf.tidy(() => {
    const start = tf.add(flatLatents, tf.mul(tf.sub(filmLatents, flatLatents), settings.startShare)) as tf.Tensor1D
    if (settings.startNoise === 0) return start
    return tf.add(start, tf.mul(tf.tensor1d(rng.normalArray(start.size)), settings.startNoise)) as tf.Tensor1D
  })
}

function descentGradient(
  problem: AuditProblem,
  latents: tf.Tensor1D,
  at: { pressure: number; draw: number; settings: PathSettings },
): tf.Tensor1D {
  const loss = (vector: tf.Tensor) => {
    const { g, bits } = flowInverseWithBits(problem.flow, byLevel(problem, vector as tf.Tensor1D))
    const { task } = problem.matcher.compare(quantise(g), at.draw)
    const bpd = tf.div(tf.sum(bits), vector.size)
    const outside = tf.mul(tf.sum(outOfRange(fromFlowRange(g))), at.settings.outOfRangeWeight)
    return tf.addN([tf.sum(task), tf.mul(bpd, at.pressure), outside])
  }
  return tf.tidy(() => tf.grad(loss)(latents)) as tf.Tensor1D
}

/** One vector as the flow's latents, level by level. */
function byLevel({ flow }: AuditProblem, vector: tf.Tensor1D): tf.Tensor4D[] {
  const shapes = flow.levels.map((level) => level.prior.bias.shape)
  const pieces = tf.split(vector, shapes.map(tf.util.sizeFromShape))
  return pieces.map((piece, level) => tf.reshape(piece, [1, ...(shapes[level] ?? [0, 0, 0])]) as tf.Tensor4D)
}

/** The 8-bit picture of latents. */
export function pictureOfLatents(problem: AuditProblem, latents: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() => quantise(flowInverseWithBits(problem.flow, byLevel(problem, latents)).g))
}

function stopAt(problem: AuditProblem, latents: tf.Tensor1D, at: { step: number; pressure: number }): PathStop {
  const picture = pictureOfLatents(problem, latents)
  const score = scorePicture(problem, picture, SCORING_DRAWS)
  const levels = toLevels(picture)
  picture.dispose()
  return { ...at, ...score, levels }
}
