import type { Estimate } from '../../../contract'
import { patientsOf, type RatedFilm } from '../../domain/cohort'
import { auc, aucInterval } from '../../engine/metrics'
import { seededRng } from '../../engine/rng'

const SEED = 20220105
const DRAWS = 1000

/** Resampling two or three patients of a class gives intervals that are far too narrow: of one, none of its uncertainty. */
const FEWEST_OF_A_CLASS = 5

/**
 * AUC with a 95 % interval from resampling patients; the same films give the same interval. Where a class is of fewer than
 * five patients the interval has no width: there is none (`hasInterval`).
 */
export function cohortAuc(films: readonly RatedFilm[]): Estimate {
  const scores = films.map(({ probability }) => probability)
  const labels = films.map(({ positive }) => positive)
  const patientsLabelled = (label: boolean) =>
    new Set(patientsOf(films.filter(({ positive }) => positive === label))).size
  if (Math.min(patientsLabelled(true), patientsLabelled(false)) < FEWEST_OF_A_CLASS) {
    const value = auc(scores, labels)
    return { value, low: value, high: value }
  }
  return aucInterval(scores, labels, { groups: patientsOf(films), rng: seededRng(SEED), draws: DRAWS })
}
