import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Estimate } from '../../../contract'
import { patientsOf, type RatedFilm } from '../../domain/cohort'
import { auc, intervalOf, resampledAucs } from '../../engine/metrics'
import { seededRng } from '../../engine/rng'

const SEED = 20220105

/** Films counted between two pauses: some milliseconds. */
export const FILMS_A_TURN = 200_000

/** Resampling two or three patients of a class gives intervals that are far too narrow: of one, none of its uncertainty. */
const FEWEST_OF_A_CLASS = 5

/**
 * AUC with a 95 % interval from resampling patients, percentile method; the same films give the same interval. Where a class is of
 * fewer than five patients the interval has no width: there is none (`hasInterval`). Gives way to others before and between draws.
 */
export async function cohortAuc(films: readonly RatedFilm[]): Promise<Estimate> {
  await nextTurn()
  const groups = patientsOf(films)
  const scores = films.map(({ probability }) => probability)
  const positive = films.map((film) => film.positive)
  const patientsLabelled = (label: boolean) => new Set(groups.filter((_, i) => positive[i] === label)).size
  if (Math.min(patientsLabelled(true), patientsLabelled(false)) < FEWEST_OF_A_CLASS) {
    const value = auc(scores, positive)
    return { value, low: value, high: value }
  }
  const drawn: number[] = []
  let counted = 0
  for (const one of resampledAucs({ scores, positive, groups }, seededRng(SEED))) {
    drawn.push(one)
    counted += films.length
    if (counted < FILMS_A_TURN) continue
    await nextTurn()
    counted = 0
  }
  return intervalOf({ scores, positive }, drawn)
}
