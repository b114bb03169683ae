import type { AuditSummary, SummaryRow } from './auditSummary'
import { decidedPercentText, decimalText, percentText } from './numbers'

const HEADINGS = [
  'case',
  'report',
  'before',
  'after',
  'decision',
  'bits left',
  'above flat',
  'detail left',
  'distance',
  '× blur',
  '× JPEG',
  '× even',
  'first usable',
  'time',
] as const

/** The cells of the summary: heading, a line a case, the medians. */
export function summaryCells(summary: AuditSummary): string[][] {
  const { median, kept, cases } = summary
  const last = [
    kept < cases ? 'median of kept' : 'median',
    '',
    '',
    '',
    cases === 0 ? '–' : `${kept} of ${cases} kept (${percent(kept / cases)})`,
    percent(median.bitsLeft),
    percent(median.aboveFlat),
    percent(median.detailLeft),
    distance(median.matchingDistance),
    times(median.ratio.blur),
    times(median.ratio.jpeg),
    times(median.ratio.even),
    seconds(median.firstUsableSeconds),
    seconds(median.seconds),
  ]
  return [[...HEADINGS], ...summary.rows.map(rowCells), last]
}

function rowCells(row: SummaryRow): string[] {
  return [
    row.case,
    row.label ?? '?',
    `${row.decisionBefore ? 'yes' : 'no'} ${decidedPercentText(row.probabilityBefore, row.threshold)}`,
    `${row.decisionAfter ? 'yes' : 'no'} ${decidedPercentText(row.probabilityAfter, row.threshold)}`,
    row.decisionKept ? 'kept' : 'not kept',
    percent(row.bitsLeft),
    percent(row.aboveFlat),
    percent(row.detailLeft),
    distance(row.matchingDistance),
    times(row.ratio.blur),
    times(row.ratio.jpeg),
    times(row.ratio.even),
    seconds(row.firstUsableSeconds),
    seconds(row.seconds),
  ]
}

/** What the columns mean, for the file that holds the table. */
export const COLUMN_WORDS: readonly string[] = [
  '*report*: what the film’s report says. *before*, *after*: the classifier’s decision (effusion: yes or no) and its probability of effusion, of the film and of its counterpart.',
  '*bits left*: the counterpart’s bits as a share of the film’s. *above flat*: the same above a flat grey picture. *detail left*: the share of the film’s detail, all scales counting alike.',
  '*distance*: how differently the classifier uses film and counterpart (matching distance). The film itself does not lie at 0: its own is `original.matchingDistance` of its `audit.json`.',
  '*× blur*, *× JPEG*, *× even*: the matching distance of a cheap picture – a blur, a JPEG, the film with all of its detail weakened alike – divided by the counterpart’s: above 1 the counterpart matches better.',
  '*first usable*: seconds until a picture within the limits had at most half of the film’s bits. *time*: the whole audit. Medians are of the audits that kept the decision.',
]

/** The summary for the terminal. */
export function summaryText(summary: AuditSummary): string {
  return [plainTable(summaryCells(summary)), ...scaleLines(summary)].join('\n')
}

/** What is left of each scale of the films' detail; none where no audit says. */
export function scaleLines({ median }: AuditSummary): string[] {
  if (median.detailByScale === null) return []
  return [
    `detail left by scale, median, from the finest to the coarsest: ${median.detailByScale.map(percent).join(', ')}`,
  ]
}

/** Columns side by side, for a terminal. */
export function plainTable(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return cells.map(line).join('\n')
}

export function markdownTable(cells: readonly (readonly string[])[]): string {
  const [heading = [], ...rows] = cells
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')
}

function percent(share: number | null): string {
  return share === null ? '–' : percentText(share)
}

function distance(value: number | null): string {
  return value === null ? '–' : decimalText(value)
}

function times(value: number | null): string {
  return value === null ? '–' : decimalText(value, 1)
}

function seconds(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(1)} s`
}
