import * as tf from '@tensorflow/tfjs-core'
import { bitsAndMap, dimensions, type PreparedFlow } from '../../../engine/flow'
import { meanInterval } from '../../../engine/metrics'
import { seededRng, type Rng } from '../../../engine/rng'
import { blurred, noisyBatch } from './batches'
import type { HeldOutPicture } from './flowPictures'

/** Pictures at once. */
export const BATCH = 8
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
  const rng = measuringNoise()
  const bpd: number[] = []
  let mapError = 0
  for (let start = 0; start < pictures.length; start += BATCH) {
    const found = bpdOfBatch(flow, pictures.slice(start, start + BATCH), rng)
    bpd.push(...found.bpd)
    mapError = Math.max(mapError, found.mapError)
  }
  return { bpd, mapError }
}

/** The same of a few pictures at once, with noise from `rng`: see `measuringNoise`. */
export function bpdOfBatch(flow: PreparedFlow, pictures: readonly Uint8Array[], rng: Rng) {
  const batch = noisyBatch(pictures, flow.config, rng)
  const found = tf.tidy(() => {
    const { bits, map } = bitsAndMap(flow, batch.x, batch.noise)
    const all = Array.from(bits.dataSync())
    const sums = tf.sum(map, [1, 2]).dataSync()
    const mapError = Math.max(0, ...all.map((value, i) => Math.abs((sums[i] ?? NaN) / value - 1)))
    return { bpd: all.map((value) => value / dimensions(flow.config)), mapError }
  })
  tf.dispose([batch.x, batch.noise])
  return found
}

/** The noise of all figures of held-out pictures, drawn in their order. */
export const measuringNoise = () => seededRng(NOISE_SEED)

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
  const { value: bpd, low, high } = meanInterval(values, seededRng(NOISE_SEED))
  return { group, pictures: values.length, bpd, low, high }
}
