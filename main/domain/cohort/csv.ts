import type { CohortAtThreshold, CohortOverview } from '../../../contract'
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
const originCells = ({ classifier, createdAt }: TableOrigin): Cell[] => [classifier.name, classifier.sha256, createdAt]

type Cell = string | number | boolean | null

/** Every number of the cohort as comma-separated values, one a row. */
export function figuresCsv(overview: CohortOverview, at: CohortAtThreshold, origin: TableOrigin): string {
  const heading = ['section', 'group', 'measure', 'value', 'low', 'high', 'hits', 'films', 'threshold']
  const rows = cohortFigures(overview, at).map((one): Cell[] => [
    ...[one.section, one.group, one.measure, one.value, one.low, one.high, one.hits, one.films],
    ...[at.threshold, ...originCells(origin)],
  ])
  return csvText([[...heading, ...ORIGIN], ...rows])
}

/** The films behind the numbers, one a row, under codes that lead to no patient. */
export function filmsCsv(films: readonly RatedFilm[], threshold: number, origin: TableOrigin): string {
  const heading = ['film', 'label', 'probability', 'decision', 'outcome', 'view', 'sex', 'age_group']
  const audit = ['bits_left', 'above_flat', 'audit_kept_decision']
  const rows = films.map((film): Cell[] => [
    ...[film.pseudonym, film.positive ? 'effusion' : 'no effusion', film.probability],
    film.probability >= threshold ? 'effusion' : 'no effusion',
    ...[cellOf(film, threshold), viewOf(film), sexOf(film), ageGroupOf(film)],
    ...[film.audit?.bitsLeft ?? null, film.audit?.aboveFlat ?? null, film.audit?.decisionKept ?? null],
    ...originCells(origin),
  ])
  return csvText([[...heading, ...audit, ...ORIGIN], ...rows])
}

/** RFC 4180; a text that a spreadsheet would take for a formula is led by an apostrophe. */
function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('')
}

function csvCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
