import * as tf from '@tensorflow/tfjs-core'
import { blurredLevels } from '../../../domain/blurredLevels'
import { NOISE_WIDTH, type FlowBatch, type FlowConfig } from '../../../engine/flow'
import { seededRng, type Rng } from '../../../engine/rng'
import type { FlowPictures } from './flowPictures'
import type { FlowTrainingConfig } from './trainingConfig'

type Shape = Pick<FlowConfig, 'size' | 'channels'>

/** The batch of one step: a pure function of the draws’ seed and the step, so that a resumed run sees what an uninterrupted one sees. */
export function drawFlowBatch(pictures: FlowPictures, config: FlowTrainingConfig, step: number): FlowBatch {
  const rng = seededRng((config.drawSeed ?? config.seed) * 1_000_003 + step + 1)
  const drawn = Array.from({ length: config.batch }, (_, place) => {
    const levels = pictures.draw(rng)
    const smoothed = place < Math.floor(config.batch * config.smoothedShare + rng.uniform())
    return smoothed ? blurred(levels, config.flow, config.largestBlur * rng.uniform() ** 2) : levels
  })
  return noisyBatch(drawn, config.flow, rng)
}

/** Pictures as they are, with seeded noise. */
export function noisyBatch(pictures: readonly Uint8Array[], { size, channels }: Shape, rng: Rng): FlowBatch {
  const shape: [number, number, number, number] = [pictures.length, size, size, channels]
  const length = size * size * channels
  const levels = new Float32Array(pictures.length * length)
  pictures.forEach((picture, index) => levels.set(picture, index * length))
  const noise = rng.uniformArray(levels.length)
  return tf.tidy(() => ({
    x: tf.div(tf.tensor4d(levels, shape), 255) as tf.Tensor4D,
    noise: tf.mul(tf.tensor4d(noise, shape), NOISE_WIDTH) as tf.Tensor4D,
  }))
}

/** Each channel by the same Gaussian. */
export function blurred(levels: Uint8Array, { size, channels }: Shape, sigma: number): Uint8Array {
  const result = new Uint8Array(levels.length)
  for (let channel = 0; channel < channels; channel++) {
    const plane = levels.filter((_, i) => i % channels === channel)
    blurredLevels(plane, size, sigma).forEach((level, i) => (result[i * channels + channel] = level))
  }
  return result
}
