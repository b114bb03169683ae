import type { CohortAtThreshold, CohortOverview } from '../../../contract'
import { csvText, type CsvCell } from '../csv'
import { cellOf } from './atThreshold'
import type { RatedFilm } from './cohortFilm'
import { cohortFigures } from './figures'
import { ageGroupOf, sexOf, viewOf } from './groups'

/** Whose decisions a table is about, and when the store was read: in every row, so that no row is ever without. */
export interface TableOrigin {
  readonly classifier: CohortOverview['classifier']
  /** ISO time. */
  readonly createdAt: string
}

const ORIGIN = ['classifier', 'classifier_sha256', 'store_read_at']
const originCells = ({ classifier, createdAt }: TableOrigin): CsvCell[] => [
  classifier.name,
  classifier.sha256,
  createdAt,
]

/** Every number of the cohort as comma-separated values, one a row. */
export function figuresCsv(overview: CohortOverview, at: CohortAtThreshold, origin: TableOrigin): string {
  const heading = ['section', 'group', 'measure', 'value', 'low', 'high', 'hits', 'films', 'threshold']
  const rows = cohortFigures(overview, at).map((one): CsvCell[] => [
    ...[one.section, one.group, one.measure, one.value, one.low, one.high, one.hits, one.films],
    ...[at.threshold, ...originCells(origin)],
  ])
  return csvText([[...heading, ...ORIGIN], ...rows])
}

/** The films behind the numbers, one a row, under codes that lead to no patient. */
export function filmsCsv(films: readonly RatedFilm[], threshold: number, origin: TableOrigin): string {
  const heading = ['film', 'label', 'probability', 'decision', 'outcome', 'view', 'sex', 'age_group']
  const audit = ['bits_left', 'above_flat', 'audit_kept_decision']
  const rows = films.map((film): CsvCell[] => [
    ...[film.pseudonym, film.positive ? 'effusion' : 'no effusion', film.probability],
    film.probability >= threshold ? 'effusion' : 'no effusion',
    ...[cellOf(film, threshold), viewOf(film), sexOf(film), ageGroupOf(film)],
    ...[film.audit?.bitsLeft ?? null, film.audit?.aboveFlat ?? null, film.audit?.decisionKept ?? null],
    ...originCells(origin),
  ])
  return csvText([[...heading, ...audit, ...ORIGIN], ...rows])
}
