import { RESEARCH_USE_ONLY, type CohortAtThreshold, type CohortOverview } from '../../../contract'
import { csvText, type CsvCell } from '../csv'
import { cellOf } from './atThreshold'
import { patientsOf, type RatedFilm } from './cohortFilm'
import { cohortFigures } from './figures'
import { ageGroupOf, sexOf, viewOf } from './groups'

/** Whose decisions a table is about, and when the store was read: in every row, so that no row is ever without. */
interface TableOrigin {
  readonly classifier: CohortOverview['classifier']
  /** ISO time. */
  readonly createdAt: string
}

const ORIGIN = ['classifier', 'classifier_sha256', 'store_read_at', 'note']
/** The one that decision, outcome and rates are counted at, and the classifier's own. */
const THRESHOLDS = ['threshold', 'classifier_threshold']
const originCells = ({ classifier, createdAt }: TableOrigin): CsvCell[] => [
  classifier.name,
  classifier.sha256,
  createdAt,
  RESEARCH_USE_ONLY,
]

/** Every number of the cohort as comma-separated values, one a row. */
export function figuresCsv(overview: CohortOverview, at: CohortAtThreshold, origin: TableOrigin): string {
  const heading = ['section', 'group', 'measure', 'value', 'low', 'high', 'hits', 'films', ...THRESHOLDS]
  const rows = cohortFigures(overview, at).map((one): CsvCell[] => [
    ...[one.section, one.group, one.measure, one.value, one.low, one.high, one.hits, one.films],
    ...[one.threshold ?? at.threshold, overview.threshold, ...originCells(origin)],
  ])
  return csvText([[...heading, ...ORIGIN], ...rows])
}

/** What is tried, and what the classifier itself decides by. */
interface Thresholds {
  readonly tried: number
  readonly own: number
}

/**
 * The films behind the numbers, one a row, under codes that lead to no patient. `patient` says which films are of one, as the
 * intervals count them, by a number of this table alone.
 */
export function filmsCsv(films: readonly RatedFilm[], { tried, own }: Thresholds, origin: TableOrigin): string {
  const heading = ['film', 'label', 'probability', 'decision', 'outcome', ...THRESHOLDS]
  const about = ['view', 'sex', 'age_group', 'patient']
  const audit = ['bits_left', 'above_flat', 'audit_kept_decision', 'audit_preset', 'audit_objective']
  const patients = patientNumbers(films)
  const rows = films.map((film, i): CsvCell[] => [
    ...[film.pseudonym, film.positive ? 'effusion' : 'no effusion', film.probability],
    film.probability >= tried ? 'effusion' : 'no effusion',
    ...[cellOf(film, tried), tried, own],
    ...[viewOf(film), sexOf(film), ageGroupOf(film), patients[i]],
    ...auditCells(film),
    ...originCells(origin),
  ])
  return csvText([[...heading, ...about, ...audit, ...ORIGIN], ...rows])
}

/** P001, P002 … in the order of the films; one whose patient is not known has a number of its own. */
function patientNumbers(films: readonly RatedFilm[]): string[] {
  const numbers = new Map<string, string>()
  return patientsOf(films).map((patient) => {
    const number = numbers.get(patient) ?? `P${String(numbers.size + 1).padStart(3, '0')}`
    numbers.set(patient, number)
    return number
  })
}

function auditCells({ audit }: RatedFilm): CsvCell[] {
  if (!audit) return [null, null, null, null, null]
  return [audit.bitsLeft, audit.aboveFlat, audit.decisionKept, audit.preset, audit.objective]
}
