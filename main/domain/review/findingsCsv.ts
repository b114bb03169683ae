import type { StoredFinding } from '../../../contract'
import { csvText, type CsvCell } from '../csv'
import { currentFindings } from './doubleReading'

/** A case in the table of findings: pseudonymous, as in the report. */
export interface ReadCase {
  readonly pseudonym: string
  readonly reportLabel: string | null
  readonly probability: number | null
  readonly decision: boolean | null
  readonly findings: readonly StoredFinding[]
}

const COLUMNS = [
  ...['film', 'report_label', 'model_probability_effusion', 'model_decision', 'reader', 'given_at_utc', 'current'],
  ...['effusion', 'size', 'agrees_with_model', 'reasons_model_erred', 'text'],
] as const

/** Every given finding, earlier versions too, a row each; `current` tells a reader's word as it stands from the history. */
export function findingsCsv(cases: readonly ReadCase[]): string {
  const rows = cases.flatMap((one) => {
    const current = new Set(currentFindings(one.findings))
    return one.findings.filter(({ state }) => state === 'given').map((given) => rowOf(one, given, current.has(given)))
  })
  return csvText([COLUMNS, ...rows])
}

function rowOf(
  { pseudonym, reportLabel, probability, decision }: ReadCase,
  { reader, savedAt, finding }: StoredFinding,
  current: boolean,
): CsvCell[] {
  const { effusion, size, agrees, reasons, text } = finding
  const says = decision === null ? null : decision ? 'effusion' : 'no effusion'
  return [
    ...[pseudonym, reportLabel, probability?.toFixed(4), says, reader, savedAt, current ? 'yes' : 'no'],
    ...[effusion, size, agrees, reasons.join(';'), text],
  ]
}
