import type { Estimate } from '../../../contract'
import { patientsOf, type RatedFilm } from '../../domain/cohort'
import { aucInterval } from '../../engine/metrics'
import { seededRng } from '../../engine/rng'

const SEED = 20220105
const DRAWS = 1000

/** AUC with a 95 % interval from resampling patients; the same films give the same interval. */
export function cohortAuc(films: readonly RatedFilm[]): Estimate {
  return aucInterval(
    films.map(({ probability }) => probability),
    films.map(({ positive }) => positive),
    { groups: patientsOf(films), rng: seededRng(SEED), draws: DRAWS },
  )
}
