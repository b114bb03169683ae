import type { CohortAtThreshold, CohortCell, CohortGroup, CohortRates, Proportion } from '../../../contract'
import type { RatedFilm } from './cohortFilm'
import { groupsOf } from './groups'
import { proportionWhere } from './proportion'

/** Label against "effusion where probability ≥ threshold", its rates, and those of every group. */
export function cohortAtThreshold(films: readonly RatedFilm[], threshold: number): CohortAtThreshold {
  const cells: Record<CohortCell, RatedFilm['id'][]> = {
    truePositive: [],
    falseNegative: [],
    falsePositive: [],
    trueNegative: [],
  }
  for (const film of films) cells[cellOf(film, threshold)].push(film.id)
  const groups = groupsOf(films).map(({ by, name, films: members }) => ({
    by,
    name,
    ...ratesOfClasses(members, threshold),
  }))
  return { threshold, cells, rates: ratesAt(films, threshold), groups }
}

/** The rates of a group, wherever it stands; none where the threshold was tried on films without that group. */
export function groupRatesOf({ groups }: CohortAtThreshold, { by, name }: Pick<CohortGroup, 'by' | 'name'>) {
  return groups.find((rates) => rates.by === by && rates.name === name)
}

export function cellOf({ positive, probability }: RatedFilm, threshold: number): CohortCell {
  if (probability >= threshold) return positive ? 'truePositive' : 'falsePositive'
  return positive ? 'falseNegative' : 'trueNegative'
}

const labelled = ({ positive }: RatedFilm): boolean => positive

function ratesOfClasses(
  films: readonly RatedFilm[],
  threshold: number,
): Pick<CohortRates, 'sensitivity' | 'specificity'> {
  return {
    sensitivity: proportionWhere(films.filter(labelled), ({ probability }) => probability >= threshold),
    specificity: proportionWhere(
      films.filter((film) => !labelled(film)),
      ({ probability }) => probability < threshold,
    ),
  }
}

function ratesAt(films: readonly RatedFilm[], threshold: number): CohortRates {
  const called = ({ probability }: RatedFilm) => probability >= threshold
  const classes = ratesOfClasses(films, threshold)
  const oneClass = classes.sensitivity.total === 0 || classes.specificity.total === 0
  return {
    ...classes,
    ppv: unlessFixed(proportionWhere(films.filter(called), labelled), oneClass),
    npv: unlessFixed(
      proportionWhere(
        films.filter((film) => !called(film)),
        (film) => !labelled(film),
      ),
      oneClass,
    ),
    accuracy: proportionWhere(films, (film) => called(film) === labelled(film)),
  }
}

/** Of films of one class PPV and NPV are 0 or 1 whatever the classifier says: a count, but no estimate of anything. */
function unlessFixed(of: Proportion, fixed: boolean): Proportion {
  return fixed ? { ...of, estimate: null } : of
}
