import type { AucEstimate, CohortFilter, CohortGroup, CohortOverview, Estimate } from '../../../contract'
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
  /** AUC with its interval over patients; asked only where both classes are there. The costly part: it may take its time. */
  readonly auc: (films: readonly RatedFilm[]) => Promise<Estimate>
}

/** Everything about a cohort that does not depend on a threshold other than the classifier's own. */
export async function cohortOverview(
  worklist: readonly CohortFilm[],
  options: OverviewOptions,
): Promise<CohortOverview> {
  const { filter, classifier, threshold } = options
  const all = filteredFilms(worklist, filter)
  const films = ratedFilms(all)
  const aucOf = async (members: readonly RatedFilm[]): Promise<AucEstimate | null> =>
    hasBothClasses(members) ? { ...(await options.auc(members)), patients: patientCount(members) } : null
  const groups: CohortGroup[] = []
  for (const { by, name, films: members } of groupsOf(films))
    groups.push({
      by,
      name,
      films: members.map(({ id }) => id),
      small: members.length < SMALL_GROUP,
      effusion: proportionWhere(members, ({ positive }) => positive),
      auc: members.length < SMALL_GROUP ? null : await aucOf(members),
    })
  const bits = bitsByGroup(films, { threshold })
  const bins = reliabilityBins(films)
  const points = rocPoints(films)
  const auc = await aucOf(films)
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
    roc: auc && { points, auc },
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
