import * as tf from '@tensorflow/tfjs-core'
import {
  SimpleBitsError,
  type FlowMeasurement,
  type MeasuredFilm,
  type ModelName,
  type Progress,
} from '../../../../contract'
import { storedGreyBits, stretchOf, throughOpenWindow } from '../../../domain/storedGrey'
import { bits, dimensions, type PreparedFlow } from '../../../engine/flow'
import { seededRng, type Rng } from '../../../engine/rng'
import type { ModelStore } from '../../../ports'
import { encodeJpegLs } from '../../codec'
import { averagedAndWindowed, type TrainingFilm } from '../../trainingData'
import { giveWay, type ReadyModels } from '../../compute'
import { BATCH, bpdOfBatch, measuringNoise } from './figures'
import { dealtFilms, groupsOf } from './filmPictures'
import { flowTrainingConfig, type FlowTrainingConfig } from './trainingConfig'

/** Of the noise of stored grey levels; the windowed pictures have the noise of the model card. */
const STORED_SEED = 20_220_107

interface Measuring {
  readonly models: Pick<ModelStore, 'describe' | 'training'>
  readonly ready: Pick<ReadyModels, 'flow'>
  readonly emit: (progress: Progress) => void
  readonly signal: AbortSignal
}

/**
 * A flow of films on the films that its own training held out, as its `training.json` deals them: what they cost through the
 * window of `model-input/1`, in stored grey levels, and as lossless JPEG-LS.
 *
 * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT, DATA_MISSING, CANCELLED; BAD_REQUEST where it is no flow of films
 */
export async function measureFlow(
  request: { flow: ModelName; data: string },
  { models, ready, emit, signal }: Measuring,
): Promise<FlowMeasurement> {
  const config = await trainingOf(request.flow, models)
  const { flow, sha256 } = await ready.flow(request.flow)
  const { training, heldOut } = await dealtFilms(config, request.data)
  const noise = { windowed: measuringNoise(), stored: seededRng(STORED_SEED) }
  const began = performance.now()
  const films: MeasuredFilm[] = []
  while (films.length < heldOut.length) {
    await giveWay()
    if (signal.aborted) throw new SimpleBitsError('CANCELLED', 'The measurement was cancelled.')
    films.push(...(await measured(flow, heldOut.slice(films.length, films.length + BATCH), noise)))
    const [done, total] = [films.length, heldOut.length]
    const secondsLeft = ((total - done) * (performance.now() - began)) / 1000 / done
    emit({ done, total, secondsLeft, note: 'held-out films' })
  }
  return { flow: { name: request.flow, sha256 }, trained: training.length, films }
}

async function trainingOf(name: ModelName, models: Measuring['models']): Promise<FlowTrainingConfig> {
  const { file } = await models.describe(name)
  if (file.kind !== 'flow' || file.input === null)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `${name} is no flow of whole films (model-input/1): their stored grey levels cannot be told from what it sees.`,
    )
  const parsed = flowTrainingConfig.safeParse(await models.training(name))
  if (!parsed.success)
    throw new SimpleBitsError('MODEL_CORRUPT', `models/${name}/training.json was refused: ${parsed.error.message}`)
  return parsed.data
}

async function measured(
  flow: PreparedFlow,
  films: readonly TrainingFilm[],
  noise: { windowed: Rng; stored: Rng },
): Promise<MeasuredFilm[]> {
  const pictures = films.map((film) => {
    const { stored, ...seen } = averagedAndWindowed(film)
    return { film, seen, stored: Uint8Array.from(stored, Math.round) }
  })
  const windowed = bpdOfBatch(
    flow,
    pictures.map(({ seen }) => seen.pixels),
    noise.windowed,
  ).bpd
  const open = pictures.map(({ stored, seen }) =>
    throughOpenWindow(stored, noise.stored.uniformArray(stored.length), seen),
  )
  const opened = bpdOfValues(flow, open)
  return Promise.all(
    pictures.map(async ({ film, stored, seen }, i) => {
      const pixels = seen.pixels.length
      const { added, cutOff } = storedGreyBits(seen.pixels, seen)
      const log2Stretch = Math.log2(stretchOf(seen))
      const through = windowed[i] ?? NaN
      return {
        groups: groupsOf(film),
        windowed: through,
        storedCut: through + added / pixels,
        storedOpen: (opened[i] ?? NaN) - log2Stretch,
        log2Stretch,
        cutOff: cutOff / pixels,
        jpegLs: { windowed: await jpegLsBits(seen.pixels, flow), stored: await jpegLsBits(stored, flow) },
      }
    }),
  )
}

/** Bits per dimension of pictures [size · size] that have their noise already. */
function bpdOfValues(flow: PreparedFlow, pictures: readonly Float32Array[]): number[] {
  const { size } = flow.config
  return tf.tidy(() => {
    const x = tf.stack(pictures.map((picture) => tf.tensor3d(picture, [size, size, 1]))) as tf.Tensor4D
    return Array.from(bits(flow, x, tf.zerosLike(x)).dataSync(), (value) => value / dimensions(flow.config))
  })
}

async function jpegLsBits(levels: Uint8Array, { config: { size } }: PreparedFlow): Promise<number> {
  const file = await encodeJpegLs(levels, { width: size, height: size })
  return (8 * file.length) / levels.length
}
