import { join } from 'node:path'
import { MODEL_SIZE, SimpleBitsError } from '../../../../contract'
import { areaAverage } from '../../../domain/areaAverage'
import { robustWindow } from '../../../domain/modelInput'
import { drawWarp, warpGrey } from '../../../engine/augment'
import type { Rng } from '../../../engine/rng'
import { readIdx } from '../../experimentData'
import {
  augmentToLetterboxedInput,
  augmentToModelInput,
  demonstrationFilms,
  loadTrainingFilms,
  patientFolds,
  shiftToModelInput,
  toModelInput,
  type TrainingFilm,
} from '../../trainingData'
import type { FlowPictures, HeldOutPicture } from './flowPictures'
import { unlike } from './unlike'
import type { FlowTrainingConfig } from './trainingConfig'

const SMALL = 64
/** Below the data folder. */
export const UNLABELLED_FILMS = 'flow/cxr64-unlabelled-ubyte.gz'

/**
 * Radiographs as the model sees them, 128 pixels or, averaged, 64. One patient-wise fold is held out. At 64 pixels unlabelled
 * radiographs are trained on too; their patients are not known, so that only films that are surely not among them are held out.
 */
export async function filmPictures(config: FlowTrainingConfig, data: string): Promise<FlowPictures> {
  const { size, channels } = config.flow
  if (channels !== 1 || (size !== MODEL_SIZE && size !== SMALL))
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `flow: radiographs come as grey pictures of 64 or 128 pixels, not ${size}.`,
    )
  const films = await dealtFilms(config, data)
  return size === MODEL_SIZE ? large(config, films) : small(config, { ...films, data })
}

/**
 * The labelled films of 256 pixels: one patient-wise fold is held out, the others are trained on.
 * @throws SimpleBitsError DATA_MISSING
 */
export async function dealtFilms({ folds, seed }: FlowTrainingConfig, data: string): Promise<Films> {
  const films = (await loadTrainingFilms(data)).filter((film) => film.native === 2 * MODEL_SIZE)
  const foldOf = patientFolds(films, folds, seed)
  return {
    training: films.filter((_, i) => foldOf[i] !== 0),
    heldOut: films.filter((_, i) => foldOf[i] === 0),
  }
}

interface Films {
  readonly training: readonly TrainingFilm[]
  readonly heldOut: readonly TrainingFilm[]
}

function large(config: FlowTrainingConfig, { training, heldOut }: Films): FlowPictures {
  return {
    trained: training.length,
    draw: (rng) => moved(config, rng)(pick(training, rng.integer(training.length)), rng, config.augment),
    heldOut: heldOut.map((film) => asHeldOut(film, toModelInput(film))),
  }
}

/** How the next film is moved. */
function moved({ resampledShare, letterboxedShare }: FlowTrainingConfig, rng: Rng): typeof augmentToModelInput {
  const drawn = rng.uniform()
  if (drawn < letterboxedShare) return augmentToLetterboxedInput
  return drawn < letterboxedShare + resampledShare ? augmentToModelInput : shiftToModelInput
}

async function small(
  config: FlowTrainingConfig,
  { training, heldOut, data }: Films & { data: string },
): Promise<FlowPictures> {
  const { data: levels } = await readIdx(join(data, UNLABELLED_FILMS))
  const all = Array.from({ length: levels.length / SMALL ** 2 }, (_, i) =>
    levels.subarray(i * SMALL ** 2, (i + 1) * SMALL ** 2),
  )
  const unlabelled = unlike(all, await demonstrationFilms(data))
  const drawUnlabelled = (place: number, rng: Parameters<FlowPictures['draw']>[0]) =>
    windowed(warpGrey(pick(unlabelled, place), SMALL, drawWarp(rng, config.augment, SMALL)))
  return {
    trained: training.length + unlabelled.length,
    draw: (rng) => {
      const place = rng.integer(training.length + unlabelled.length)
      if (place >= training.length) return drawUnlabelled(place - training.length, rng)
      return halved(augmentToModelInput(pick(training, place), rng, config.augment))
    },
    heldOut: heldOut
      .filter((film) => film.split === 'test_hi')
      .map((film) => asHeldOut(film, halved(toModelInput(film)))),
  }
}

function asHeldOut(film: TrainingFilm, levels: Uint8Array): HeldOutPicture {
  return { levels, groups: groupsOf(film) }
}

/** The rows of a table that a film counts in. */
export function groupsOf({ split, view }: TrainingFilm): string[] {
  return ['all', split, ...(view ? [`view ${view}`] : [])]
}

/** What the model sees, at half its resolution. */
function halved(levels: Uint8Array): Uint8Array {
  const [from, to] = [MODEL_SIZE, SMALL].map((side) => ({ width: side, height: side }))
  return from && to ? Uint8Array.from(areaAverage(levels, from, to), Math.round) : levels
}

/** The window of `model-input/1` on a film that is small already. */
function windowed(values: Float32Array): Uint8Array {
  const { low, high } = robustWindow(values, { width: SMALL, height: SMALL })
  return Uint8Array.from(values, (value) =>
    Math.min(255, Math.max(0, Math.round(((value - low) * 255) / (high - low)))),
  )
}

function pick<T>(list: readonly T[], place: number): T {
  const found = list[place]
  if (found === undefined) throw new RangeError('There is no film to train on')
  return found
}
