import { SimpleBitsError } from '../../../../contract'
import type { TrainingFilm } from '../../trainingData'
import type { ScoredFilm } from './crossValidation'
import { keepFold, keptFold, runFold, type KeptPlace } from './foldPredictions'
import { ridgeScores } from './ridgeBaseline'
import { splitFilms } from './runTrainClassifier'

/**
 * Joins the held-out predictions of the folds that are there with the films and the ridge baseline of the same folds. Those of
 * a run are kept; where a run is gone, the kept ones stand for it.
 *
 * @param at `runs` with `fold0`, `fold1`, … as `train classifier --set folds.held=K` left them, and where predictions are kept
 * @throws SimpleBitsError DATA_MISSING where there is no fold, BAD_REQUEST where a fold's predictions are not those of its films,
 * WRITE_FAILED
 */
export async function gatherPredictions(
  films: readonly TrainingFilm[],
  at: { readonly runs: string; readonly kept: KeptPlace },
): Promise<{ scored: ScoredFilm[]; folds: { fold: number; steps: number }[] }> {
  const { config } = at.kept
  const scored: ScoredFilm[] = []
  const folds: { fold: number; steps: number }[] = []
  for (let fold = 0; fold < config.folds.count; fold++) {
    const { training, heldOut } = splitFilms(films, { ...config, folds: { ...config.folds, held: fold } })
    const made = await runFold(at.runs, { fold, heldOut })
    if (made) await keepFold(at.kept, { fold, heldOut }, made)
    const predictions = made ?? (await keptFold(at.kept, { fold, heldOut }))
    if (!predictions) continue
    const ridge = ridgeScores(training, heldOut)
    heldOut.forEach((film, i) => scored.push({ film, logit: predictions.logits[i] ?? NaN, ridge: ridge[i] ?? NaN }))
    folds.push({ fold, steps: predictions.steps })
  }
  if (folds.length === 0)
    throw new SimpleBitsError(
      'DATA_MISSING',
      'There are no predictions of any fold yet: train with --set folds.held=0 first.',
    )
  return { scored, folds }
}
