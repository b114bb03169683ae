import * as tf from '@tensorflow/tfjs-core'
import { MODEL_SIZE } from '../../../../contract'
import { gaussianBlur } from '../../../domain/gaussianBlur'
import { bitsAndMap, dimensions, NOISE_WIDTH, type PreparedFlow } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import { toModelInput, type TrainingFilm } from '../../trainingData'

const BATCH = 8
const NOISE_SEED = 20_220_106

export interface BpdRow {
  readonly group: string
  readonly films: number
  readonly bpd: number
  /** 95 % bootstrap interval of the mean over films. */
  readonly low: number
  readonly high: number
}

/** Bits per dimension of each picture, one seeded noise a picture, and the largest |Σ map/bits − 1|. */
export function bpdOfPictures(
  flow: PreparedFlow,
  pictures: readonly Uint8Array[],
): { bpd: number[]; mapError: number } {
  const rng = seededRng(NOISE_SEED)
  const bpd: number[] = []
  let mapError = 0
  for (let start = 0; start < pictures.length; start += BATCH) {
    const slice = pictures.slice(start, start + BATCH)
    const shape: [number, number, number, number] = [slice.length, MODEL_SIZE, MODEL_SIZE, 1]
    const levels = new Float32Array(slice.length * MODEL_SIZE * MODEL_SIZE)
    slice.forEach((picture, i) => levels.set(picture, i * MODEL_SIZE * MODEL_SIZE))
    const noise = rng.uniformArray(levels.length)
    tf.tidy(() => {
      const x = tf.div(tf.tensor4d(levels, shape), 255) as tf.Tensor4D
      const { bits, map } = bitsAndMap(flow, x, tf.mul(tf.tensor4d(noise, shape), NOISE_WIDTH))
      const sums = tf.sum(map, [1, 2]).dataSync()
      bits.dataSync().forEach((value, i) => {
        bpd.push(value / dimensions(flow.config))
        mapError = Math.max(mapError, Math.abs((sums[i] ?? NaN) / value - 1))
      })
    })
  }
  return { bpd, mapError }
}

/** Held-out films as they are: all, by source, by view; and what plain pictures cost. */
export function flowFigures(
  flow: PreparedFlow,
  heldOut: readonly TrainingFilm[],
): { table: BpdRow[]; plain: BpdRow[]; mapError: number } {
  const pictures = heldOut.map(toModelInput)
  const { bpd, mapError } = bpdOfPictures(flow, pictures)
  const groups = new Map<string, number[]>()
  heldOut.forEach((film, i) => {
    for (const group of ['all', film.split, ...(film.view ? [`view ${film.view}`] : [])])
      groups.set(group, [...(groups.get(group) ?? []), bpd[i] ?? NaN])
  })
  const some = pictures.slice(0, 64)
  const mean = (picture: Uint8Array) => picture.reduce((sum, level) => sum + level, 0) / picture.length
  const plain: [string, Uint8Array[]][] = [
    ['blurred, σ 1 pixel', some.map((picture) => gaussianBlur(picture, MODEL_SIZE, 1))],
    ['blurred, σ 4 pixels', some.map((picture) => gaussianBlur(picture, MODEL_SIZE, 4))],
    ['flat, the mean grey', some.map((picture) => picture.slice().fill(Math.round(mean(picture))))],
  ]
  return {
    mapError,
    table: [...groups].map(([group, values]) => row(group, values)),
    plain: plain.map(([group, list]) => row(group, bpdOfPictures(flow, list).bpd)),
  }
}

function row(group: string, values: readonly number[]): BpdRow {
  const rng = seededRng(NOISE_SEED)
  const meanOf = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length
  const means = Array.from({ length: 1000 }, () => meanOf(values.map(() => values[rng.integer(values.length)] ?? NaN)))
  means.sort((a, b) => a - b)
  return { group, films: values.length, bpd: meanOf(values), low: means[25] ?? NaN, high: means[974] ?? NaN }
}
