import * as tf from '@tensorflow/tfjs-core'
import { MODEL_SIZE } from '../../../../contract'
import { gaussianBlur } from '../../../domain/gaussianBlur'
import { NOISE_WIDTH, type FlowBatch } from '../../../engine/flow'
import { seededRng, type Rng } from '../../../engine/rng'
import { augmentToModelInput, toModelInput, type TrainingFilm } from '../../trainingData'
import type { FlowTrainingConfig } from './trainingConfig'

const PIXELS = MODEL_SIZE * MODEL_SIZE

/** The batch of one step: a pure function of seed and step, so that a resumed run sees what an uninterrupted one sees. */
export function drawFlowBatch(films: readonly TrainingFilm[], config: FlowTrainingConfig, step: number): FlowBatch {
  const rng = seededRng(config.seed * 1_000_003 + step + 1)
  const pictures = Array.from({ length: config.batch }, (_, place) => {
    const film = films[rng.integer(films.length)]
    if (!film) throw new RangeError('There is no film to train on')
    const levels = augmentToModelInput(film, rng, config.augment)
    const smoothed = place < Math.floor(config.batch * config.smoothedShare + rng.uniform())
    return smoothed ? gaussianBlur(levels, MODEL_SIZE, config.largestBlur * rng.uniform() ** 2) : levels
  })
  return toBatch(pictures, rng)
}

/** The films as they are, with seeded noise. */
export function plainFlowBatch(films: readonly TrainingFilm[], rng: Rng): FlowBatch {
  return toBatch(films.map(toModelInput), rng)
}

function toBatch(pictures: readonly Uint8Array[], rng: Rng): FlowBatch {
  const shape: [number, number, number, number] = [pictures.length, MODEL_SIZE, MODEL_SIZE, 1]
  const levels = new Float32Array(pictures.length * PIXELS)
  pictures.forEach((picture, index) => levels.set(picture, index * PIXELS))
  const noise = rng.uniformArray(levels.length)
  return tf.tidy(() => ({
    x: tf.div(tf.tensor4d(levels, shape), 255) as tf.Tensor4D,
    noise: tf.mul(tf.tensor4d(noise, shape), NOISE_WIDTH) as tf.Tensor4D,
  }))
}
