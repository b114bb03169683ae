import type { AucEstimate, CohortFilter, CohortOverview, Estimate } from '../../../contract'
import { bitsByGroup } from './bitsByGroup'
import { cautionsOf } from './cautions'
import { patientsOf, ratedFilms, type CohortFilm, type RatedFilm } from './cohortFilm'
import { filterChoices, filteredFilms } from './filter'
import { groupsOf, SMALL_GROUP } from './groups'
import { proportionWhere } from './proportion'
import { expectedCalibrationError, reliabilityBins } from './reliability'
import { rocPoints } from './roc'

interface OverviewOptions {
  readonly filter: CohortFilter
  /** Whose decisions are counted, and its operating point. */
  readonly classifier: CohortOverview['classifier']
  readonly threshold: number
  /** AUC with its interval over patients; asked only where both classes are there. */
  readonly auc: (films: readonly RatedFilm[]) => Estimate
}

/** Everything about a cohort that does not depend on a threshold other than the classifier's own. */
export function cohortOverview(worklist: readonly CohortFilm[], options: OverviewOptions): CohortOverview {
  const { filter, classifier, threshold } = options
  const all = filteredFilms(worklist, filter)
  const films = ratedFilms(all)
  const aucOf = (members: readonly RatedFilm[]): AucEstimate | null =>
    hasBothClasses(members) ? { ...options.auc(members), patients: patientCount(members) } : null
  const groups = groupsOf(films).map(({ by, name, films: members }) => ({
    ...{ by, name, films: members.map(({ id }) => id), small: members.length < SMALL_GROUP },
    effusion: proportionWhere(members, ({ positive }) => positive),
    auc: members.length < SMALL_GROUP ? null : aucOf(members),
  }))
  const auc = aucOf(films)
  const bins = reliabilityBins(films)
  const bits = bitsByGroup(films, { threshold })
  const unconfirmed = all.filter((film) => film.unconfirmed).length
  return {
    classifier,
    threshold,
    all: all.map(({ id }) => id),
    used: films.map(({ id }) => id),
    withoutLabel: all.filter(({ label }) => label === null).map(({ id }) => id),
    withoutDecision: all.filter(({ probability }) => probability === null).map(({ id }) => id),
    patients: {
      count: patientCount(films),
      unknown: films.filter(({ patient }) => patient === null).length,
    },
    effusion: proportionWhere(films, ({ positive }) => positive),
    roc: auc && { points: rocPoints(films), auc },
    calibration: films.length === 0 ? null : { bins, expectedError: expectedCalibrationError(bins) },
    groups,
    bits: bits.groups,
    bitsOf: bits.of,
    cautions: cautionsOf({ films, filter, groups, unconfirmed, bitsOf: bits.of }),
    choices: filterChoices(worklist),
  }
}

const patientCount = (films: readonly RatedFilm[]): number => new Set(patientsOf(films)).size

function hasBothClasses(films: readonly RatedFilm[]): boolean {
  return films.some(({ positive }) => positive) && films.some(({ positive }) => !positive)
}
