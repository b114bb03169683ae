import type { StoredFinding } from '../../../contract'
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

/** Every given finding, earlier versions too, a line each; `current` tells a reader's word as it stands from the history. */
export function findingsCsv(cases: readonly ReadCase[]): string {
  const lines = cases.flatMap((one) => {
    const current = new Set(currentFindings(one.findings))
    return one.findings.filter(({ state }) => state === 'given').map((given) => lineOf(one, given, current.has(given)))
  })
  return [COLUMNS.join(','), ...lines, ''].join('\r\n')
}

function lineOf(
  { pseudonym, reportLabel, probability, decision }: ReadCase,
  { reader, savedAt, finding }: StoredFinding,
  current: boolean,
): string {
  const { effusion, size, agrees, reasons, text } = finding
  const says = decision === null ? null : decision ? 'effusion' : 'no effusion'
  const cells = [
    ...[pseudonym, reportLabel, probability?.toFixed(4), says, reader, savedAt, current ? 'yes' : 'no'],
    ...[effusion, size, agrees, reasons.join(';'), text],
  ]
  return cells.map((cell) => csvCell(cell ?? '')).join(',')
}

/** RFC 4180 quoting. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
