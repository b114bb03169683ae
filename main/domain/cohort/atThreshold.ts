import type { CohortAtThreshold, CohortCell, CohortGroup, CohortRates } from '../../../contract'
import type { RatedFilm } from './cohortFilm'
import { groupsOf } from './groups'
import { proportionOf } from './proportion'

/** Label against "effusion where probability ≥ threshold", its rates, and those of every group. */
export function cohortAtThreshold(films: readonly RatedFilm[], threshold: number): CohortAtThreshold {
  const cells: Record<CohortCell, RatedFilm['id'][]> = {
    truePositive: [],
    falseNegative: [],
    falsePositive: [],
    trueNegative: [],
  }
  for (const film of films) cells[cellOf(film, threshold)].push(film.id)
  const groups = groupsOf(films).map(({ by, name, films: members }) => {
    const { sensitivity, specificity } = ratesAt(members, threshold)
    return { by, name, sensitivity, specificity }
  })
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

function ratesAt(films: readonly RatedFilm[], threshold: number): CohortRates {
  const count = { truePositive: 0, falseNegative: 0, falsePositive: 0, trueNegative: 0 }
  for (const film of films) count[cellOf(film, threshold)]++
  const { truePositive, falseNegative, falsePositive, trueNegative } = count
  return {
    sensitivity: proportionOf(truePositive, truePositive + falseNegative),
    specificity: proportionOf(trueNegative, trueNegative + falsePositive),
    ppv: proportionOf(truePositive, truePositive + falsePositive),
    npv: proportionOf(trueNegative, trueNegative + falseNegative),
    accuracy: proportionOf(truePositive + trueNegative, films.length),
  }
}
