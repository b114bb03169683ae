import * as tf from '@tensorflow/tfjs-core'
import { NOISE_WIDTH, bitsAndMap, reportedNoise, withNoise, type PreparedFlow } from '../flow'
import { spearman, structuralSimilarity } from '../metrics'
import { REPORTED_DRAWS } from '../reportedDraws'
import type { Rng } from '../rng'
import type { AttributionMethod } from './methods'
import type { Question, StepControl } from './question'
import { shuffledNetwork } from './shuffledNetwork'

/** Further maps of a method, each under another dequantisation noise. */
export const NOISE_REPEATS = 2

/** How like two maps are: in the order of their pixels, and in structure. */
interface Likeness {
  readonly spearman: number
  readonly ssim: number
}

export function likeness(a: ArrayLike<number>, b: ArrayLike<number>): Likeness {
  const size = Math.round(Math.sqrt(a.length))
  return { spearman: spearman(a, b), ssim: structuralSimilarity(a, b, size) }
}

/**
 * The method's map of the same decision with shuffled weights, against the real one. @throws Interrupted once cancelled
 */
export async function randomisedLikeness(
  method: AttributionMethod,
  of: { readonly question: Question; readonly map: Float32Array; readonly rng: Rng },
  control: StepControl,
): Promise<Likeness> {
  const { network, dispose } = shuffledNetwork(of.question.network, of.rng)
  try {
    return likeness(of.map, await method.map({ ...of.question, network }, control))
  } finally {
    dispose()
  }
}

/**
 * The method's maps of the film under other dequantisation noises (less than a grey level): mean rank correlation of all pairs.
 * @throws Interrupted once cancelled
 */
export async function repeatability(
  method: AttributionMethod,
  of: { readonly question: Question; readonly map: Float32Array; readonly rng: Rng },
  control: StepControl,
): Promise<number> {
  const maps = [of.map]
  for (let repeat = 0; repeat < NOISE_REPEATS; repeat++) {
    const film = noisy(of.question, of.rng)
    try {
      maps.push(await method.map({ ...of.question, film }, control))
    } finally {
      film.dispose()
    }
  }
  return meanOfPairs(maps)
}

/** The same for the film's bit map: single noise draws, others than those of the mean, against it. */
export function bitMapRepeatability(flow: PreparedFlow, film: tf.Tensor4D, map: Float32Array): number {
  const drawn = Array.from({ length: NOISE_REPEATS }, (_, draw) =>
    tf.tidy(() => Float32Array.from(bitsAndMap(flow, film, reportedNoise(flow, REPORTED_DRAWS + draw)).map.dataSync())),
  )
  return meanOfPairs([map, ...drawn])
}

/** The film with one draw of dequantisation noise, as the classifier sees it. */
function noisy({ film, size }: Question, rng: Rng): tf.Tensor4D {
  return tf.tidy(() => {
    const noise = tf.tensor4d(rng.uniformArray(size * size), [1, size, size, 1])
    return withNoise(film, tf.mul(noise, NOISE_WIDTH))
  })
}

function meanOfPairs(maps: readonly Float32Array[]): number {
  const pairs = maps.flatMap((a, i) => maps.slice(i + 1).map((b) => spearman(a, b)))
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length
}
