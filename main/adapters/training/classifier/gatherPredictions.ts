import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { SimpleBitsError } from '../../../../contract'
import type { TrainingFilm } from '../../trainingData'
import type { ScoredFilm } from './crossValidation'
import { ridgeScores } from './ridgeBaseline'
import { splitFilms } from './runTrainClassifier'
import type { ClassifierTraining } from './trainingConfig'

const predictions = z.object({
  step: z.number().int(),
  rows: z.array(z.object({ id: z.string(), logits: z.array(z.number()) })),
})

/**
 * Joins the held-out predictions of the folds that are there with the films and the ridge baseline of the same folds.
 *
 * @param runs folder with `fold0`, `fold1`, … as `train classifier --set folds.held=K` left them
 * @throws SimpleBitsError DATA_MISSING where there is no fold, BAD_REQUEST where a fold's films are not the ones it should hold
 */
export async function gatherPredictions(
  films: readonly TrainingFilm[],
  config: ClassifierTraining,
  runs: string,
): Promise<{ scored: ScoredFilm[]; folds: { fold: number; steps: number }[] }> {
  const scored: ScoredFilm[] = []
  const folds: { fold: number; steps: number }[] = []
  for (let fold = 0; fold < config.folds.count; fold++) {
    const text = await readFile(join(runs, `fold${fold}`, 'predictions.json'), 'utf8').catch(() => null)
    if (text === null) continue
    const { step, rows } = predictions.parse(JSON.parse(text))
    const { training, held } = splitFilms(films, { ...config, folds: { ...config.folds, held: fold } })
    if (rows.length !== held.length || rows.some(({ id }, i) => id !== held[i]?.id))
      throw new SimpleBitsError('BAD_REQUEST', `The predictions of fold ${fold} belong to other films; train it again.`)
    const ridge = ridgeScores(training, held)
    held.forEach((film, i) => scored.push({ film, logit: rows[i]?.logits[0] ?? NaN, ridge: ridge[i] ?? NaN }))
    folds.push({ fold, steps: step })
  }
  if (folds.length === 0)
    throw new SimpleBitsError(
      'DATA_MISSING',
      'There are no predictions of any fold yet: train with --set folds.held=0 first.',
    )
  return { scored, folds }
}
