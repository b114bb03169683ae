import * as tf from '@tensorflow/tfjs-core'
import type { ClassifierNet } from '../../../engine/classifier'
import type { Params } from '../../../engine/tensor'
import { toModelInput, toPixels, type TrainingFilm } from '../../trainingData'

const BATCH = 32

/** Logits of all heads for each film, as it is (no augmentation). */
export function predictFilms(net: ClassifierNet, params: Params, films: readonly TrainingFilm[]): number[][] {
  const { size, channels } = net.plan
  const rows: number[][] = []
  const frozen = net.freeze(params)
  for (let start = 0; start < films.length; start += BATCH) {
    const part = films.slice(start, start + BATCH)
    const pixels = new Float32Array(part.length * size * size * channels)
    part.forEach((film, i) => pixels.set(toPixels(toModelInput(film)), i * size * size * channels))
    const logits = tf.tidy(() => net.forward(frozen, tf.tensor4d(pixels, [part.length, size, size, channels])))
    rows.push(...logits.arraySync())
    logits.dispose()
  }
  tf.dispose(Object.values(frozen))
  return rows
}
