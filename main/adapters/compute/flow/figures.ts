import * as tf from '@tensorflow/tfjs-core'
import { bitsAndMap, dimensions, type PreparedFlow } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import { blurred, noisyBatch } from './batches'
import type { HeldOutPicture } from './flowPictures'

const BATCH = 8
const NOISE_SEED = 20_220_106

export interface BpdRow {
  readonly group: string
  readonly pictures: number
  readonly bpd: number
  /** 95 % bootstrap interval of the mean over pictures. */
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
    const batch = noisyBatch(slice, flow.config, rng)
    tf.tidy(() => {
      const { bits, map } = bitsAndMap(flow, batch.x, batch.noise)
      const sums = tf.sum(map, [1, 2]).dataSync()
      bits.dataSync().forEach((value, i) => {
        bpd.push(value / dimensions(flow.config))
        mapError = Math.max(mapError, Math.abs((sums[i] ?? NaN) / value - 1))
      })
    })
    tf.dispose([batch.x, batch.noise])
  }
  return { bpd, mapError }
}

/** Held-out pictures as they are: all, and by group; and what plain pictures cost. */
export function flowFigures(
  flow: PreparedFlow,
  heldOut: readonly HeldOutPicture[],
): { table: BpdRow[]; plain: BpdRow[]; mapError: number } {
  const pictures = heldOut.map(({ levels }) => levels)
  const { bpd, mapError } = bpdOfPictures(flow, pictures)
  const groups = new Map<string, number[]>()
  heldOut.forEach((picture, i) => {
    for (const group of picture.groups) groups.set(group, [...(groups.get(group) ?? []), bpd[i] ?? NaN])
  })
  const some = pictures.slice(0, 64)
  const mean = (picture: Uint8Array) => picture.reduce((sum, level) => sum + level, 0) / picture.length
  const plain: [string, Uint8Array[]][] = [
    ['blurred, σ 1 pixel', some.map((picture) => blurred(picture, flow.config, 1))],
    ['blurred, σ 4 pixels', some.map((picture) => blurred(picture, flow.config, 4))],
    ['flat, the mean grey', some.map((picture) => picture.slice().fill(Math.round(mean(picture))))],
    ['black', some.map((picture) => picture.slice().fill(0))],
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
  return { group, pictures: values.length, bpd: meanOf(values), low: means[25] ?? NaN, high: means[974] ?? NaN }
}
