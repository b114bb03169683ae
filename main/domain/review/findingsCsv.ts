import { RESEARCH_USE_ONLY, type ModelAnswer, type StoredFinding } from '../../../contract'
import { csvText, type CsvCell } from '../csv'
import { currentFindings } from './doubleReading'

/** A case in the table of findings: pseudonymous, as in the report. */
export interface ReadCase {
  readonly pseudonym: string
  readonly reportLabel: string | null
  readonly findings: readonly StoredFinding[]
}

const COLUMNS = [
  ...['film', 'report_label', 'reader', 'given_at_utc', 'current', 'effusion', 'size'],
  ...['agrees_with_model', 'model', 'model_sha256', 'model_probability_effusion', 'model_threshold', 'model_decision'],
  ...['reasons_model_erred', 'text', 'note'],
] as const

/**
 * Every given finding, earlier versions too, a row each; `current` tells a reader's word as it stands from the history. The model's
 * columns are of the classifier that the reader agreed or disagreed with, which need not be the one in use; empty where that was
 * not kept.
 */
export function findingsCsv(cases: readonly ReadCase[]): string {
  const rows = cases.flatMap((one) => {
    const current = new Set(currentFindings(one.findings))
    return one.findings.filter(({ state }) => state === 'given').map((given) => rowOf(one, given, current.has(given)))
  })
  return csvText([COLUMNS, ...rows])
}

function rowOf(
  { pseudonym, reportLabel }: ReadCase,
  { reader, savedAt, finding, about }: StoredFinding,
  current: boolean,
): CsvCell[] {
  const { effusion, size, agrees, reasons, text } = finding
  const model = about
    ? [about.name, about.sha256, about.probability, about.threshold, decisionCell(about)]
    : [null, null, null, null, null]
  return [
    ...[pseudonym, reportLabel, reader, savedAt, current ? 'yes' : 'no', effusion, size],
    ...[agrees, ...model],
    ...[reasons.join(';'), text, RESEARCH_USE_ONLY],
  ]
}

const decisionCell = ({ present }: ModelAnswer): string => (present ? 'effusion' : 'no effusion')
