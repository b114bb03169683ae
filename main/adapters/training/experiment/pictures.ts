import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError } from '../../../../contract'
import { NOISE_WIDTH, type FlowConfig } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import type { Simplification, SimplifierBatch } from '../../../engine/simplify'
import { inColour, type ExperimentSet, type ExperimentSets, type PictureSet } from '../../experimentData'

/** Pictures that go through a network at once. */
export const CHUNK = 64

/**
 * The data as the flow sees it: grey pictures for a flow of three channels have their channel three times.
 *
 * @throws SimpleBitsError BAD_REQUEST where the flow is for pictures of another size, or for grey ones alone
 */
export function forFlow(sets: ExperimentSets, flow: { name: string; config: FlowConfig }): ExperimentSets {
  const { size, channels } = flow.config
  if (sets.size !== size)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `flow: ${flow.name} is for pictures of ${size} pixels, the data have ${sets.size}.`,
    )
  if (sets.channels === 3 && channels === 1)
    throw new SimpleBitsError('BAD_REQUEST', `flow: ${flow.name} is for grey pictures, the data are in colour.`)
  if (sets.channels === channels) return sets
  const [train, validation, test] = [sets.train, sets.validation, sets.test].map(colouredSet) as [
    ExperimentSet,
    ExperimentSet,
    ExperimentSet,
  ]
  return { ...sets, channels, train, validation, test }
}

function colouredSet(set: ExperimentSet): ExperimentSet {
  const { parts } = set
  if (parts?.kind !== 'overlay') return { ...inColour(set), parts }
  return { ...inColour(set), parts: { ...parts, clean: inColour({ ...set, pictures: parts.clean }).pictures } }
}

/** Pictures from `start` on in [0, 1], [at most length, H, W, C]; the caller disposes. */
export function tensorOf(set: PictureSet, start = 0, length = set.count): tf.Tensor4D {
  const { size, channels, count } = set
  const one = size * size * channels
  const end = Math.min(count, start + length)
  const values = Float32Array.from(set.pictures.subarray(start * one, end * one))
  return tf.tidy(() => tf.div(tf.tensor4d(values, [end - start, size, size, channels]), 255))
}

/** Start of every chunk of a set. */
export function chunksOf(set: PictureSet): number[] {
  return Array.from({ length: Math.ceil(set.count / CHUNK) }, (_, i) => i * CHUNK)
}

/** What a simplification makes of every picture. */
export function simplifiedSet<T extends PictureSet>(set: T, simplification: Simplification): T {
  const pictures = new Uint8Array(set.pictures.length)
  for (const start of chunksOf(set)) {
    const x = tensorOf(set, start, CHUNK)
    const simple = simplification.simplify(x)
    pictures.set(
      Uint8Array.from(simple.dataSync(), (value) => Math.round(255 * value)),
      start * set.size * set.size * set.channels,
    )
    tf.dispose([x, simple])
  }
  return { ...set, pictures }
}

/** The batch of one step: a pure function of seed and step, so that a resumed run sees what an uninterrupted one sees. */
export function drawBatch(
  set: PictureSet,
  of: { batch: number; classes: number; seed: number; step: number },
): SimplifierBatch {
  const rng = seededRng(of.seed * 1_000_003 + of.step)
  const places = Array.from({ length: of.batch }, () => rng.integer(set.count))
  const length = set.size * set.size * set.channels
  const values = new Float32Array(of.batch * length)
  places.forEach((place, i) => values.set(set.pictures.subarray(place * length, (place + 1) * length), i * length))
  const noise = rng.uniformArray(values.length)
  const shape: [number, number, number, number] = [of.batch, set.size, set.size, set.channels]
  const labels = places.map((place) => set.labels[place] ?? 0)
  return tf.tidy(() => ({
    x: tf.div(tf.tensor4d(values, shape), 255) as tf.Tensor4D,
    noise: tf.mul(tf.tensor4d(noise, shape), NOISE_WIDTH) as tf.Tensor4D,
    targets: tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), of.classes), 'float32') as tf.Tensor2D,
  }))
}
