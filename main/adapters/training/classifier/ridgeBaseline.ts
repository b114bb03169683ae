import { MODEL_SIZE } from '../../../../contract'
import { areaAverage } from '../../../domain/areaAverage'
import { fitRidge, linearScore } from '../../../engine/metrics'
import { toModelInput, type TrainingFilm } from '../../trainingData'

const SIDE = 32
const PENALTY = 300

/** What a classifier must beat: ridge regression of "effusion" on the model's picture averaged to 32 × 32 pixels. */
export function ridgeScores(training: readonly TrainingFilm[], heldOut: readonly TrainingFilm[]): number[] {
  const line = fitRidge(
    training.map(features),
    training.map((film) => film.labels[0] ?? 0),
    PENALTY,
  )
  return heldOut.map((film) => linearScore(line, features(film)))
}

/** Grey values about −1 … 1. */
function features(film: TrainingFilm): Float32Array {
  const model = { width: MODEL_SIZE, height: MODEL_SIZE }
  return areaAverage(toModelInput(film), model, { width: SIDE, height: SIDE }).map((level) => level / 127.5 - 1)
}
