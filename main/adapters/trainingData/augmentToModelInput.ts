import { MODEL_SIZE } from '../../../contract'
import { windowToLevels } from '../../domain/modelInput'
import { drawWarp, IDENTITY_WARP, warpAndHalve, type AugmentSettings, type Warp } from '../../engine/augment'
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

/** What the model sees of the film as it is. */
export function toModelInput(film: TrainingFilm): Uint8Array {
  return levelsOf(film, IDENTITY_WARP)
}

function levelsOf(film: TrainingFilm, warp: Warp): Uint8Array {
  const halved = warpAndHalve(film.grey, TRAINING_SIDE, warp)
  return windowToLevels(halved, { x: 0, y: 0, width: MODEL_SIZE, height: MODEL_SIZE }).pixels
}
