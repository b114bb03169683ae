import { MODEL_SIZE } from '../../../contract'
import { areaAverage } from '../../domain/areaAverage'
import { windowToLevels } from '../../domain/modelInput'
import {
  drawShift,
  drawWarp,
  IDENTITY_WARP,
  warpAndHalve,
  warpGrey,
  type AugmentSettings,
  type Warp,
} from '../../engine/augment'
import type { Rng } from '../../engine/rng'
import { TRAINING_SIDE, type TrainingFilm } from './trainingFilm'

/**
 * What the model sees (`model-input/1`) of a randomly moved film: warp at 256 pixels, average to 128, the robust window
 * of the moved picture, 8 bits. Without augmentation it equals `modelInput` of the film.
 *
 * @returns levels row-major [128 · 128]
 */
export function augmentToModelInput(film: TrainingFilm, rng: Rng, settings: AugmentSettings): Uint8Array {
  return levelsOf(film, drawWarp(rng, settings, TRAINING_SIDE))
}

/** The same for a film that is shifted by whole pixels alone, up to `settings.shift`: its grain stays what it is. */
export function shiftToModelInput(film: TrainingFilm, rng: Rng, settings: AugmentSettings): Uint8Array {
  return levelsOf(film, drawShift(rng, settings, TRAINING_SIDE))
}

/** Shapes of original radiographs, height divided by width: NIH squeezed all of them into squares. */
const SHAPES = { flattest: 0.8, tallest: 1.25 }

/**
 * The same for a film that was not squeezed into a square: stretched to a random shape and letterboxed, with black bars, as
 * `modelInput` does with most DICOM films.
 */
export function augmentToLetterboxedInput(film: TrainingFilm, rng: Rng, settings: AugmentSettings): Uint8Array {
  const values = warpGrey(film.grey, TRAINING_SIDE, drawWarp(rng, settings, TRAINING_SIDE))
  const shape = SHAPES.flattest * (SHAPES.tallest / SHAPES.flattest) ** rng.uniform()
  const width = Math.round(MODEL_SIZE * Math.min(1, 1 / shape))
  const height = Math.round(MODEL_SIZE * Math.min(1, shape))
  const box = { x: Math.floor((MODEL_SIZE - width) / 2), y: Math.floor((MODEL_SIZE - height) / 2), width, height }
  const square = { width: TRAINING_SIDE, height: TRAINING_SIDE }
  return windowToLevels(areaAverage(values, square, box), box).pixels
}

/** What the model sees of the film as it is. */
export function toModelInput(film: TrainingFilm): Uint8Array {
  return levelsOf(film, IDENTITY_WARP)
}

/** The film as it is, averaged to the model's size: its stored grey levels [128 · 128], what the model sees, and the window between. */
export function averagedAndWindowed(film: TrainingFilm): { stored: Float32Array } & ReturnType<typeof windowToLevels> {
  const stored = warpAndHalve(film.grey, TRAINING_SIDE, IDENTITY_WARP)
  return { stored, ...windowToLevels(stored, WHOLE) }
}

const WHOLE = { x: 0, y: 0, width: MODEL_SIZE, height: MODEL_SIZE }

function levelsOf(film: TrainingFilm, warp: Warp): Uint8Array {
  return windowToLevels(warpAndHalve(film.grey, TRAINING_SIDE, warp), WHOLE).pixels
}
