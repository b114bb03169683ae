import { group } from 'd3-array'
import type { CellResult, ExperimentRun } from '../../../contract'
import { markdownTable, plainTable } from '../summaryTable'
import { deviation, mean, spreadText } from './statistics'

/** A table of results: one claim of one run, a line a setting, means ± standard deviation over seeds. */
export interface ResultTable {
  readonly topic: Topic
  readonly run: string
  readonly title: string
  /** The heading first. */
  readonly cells: readonly (readonly string[])[]
}
export const TOPICS = ['distractors', 'tradeoff', 'retraining', 'condensation'] as const
export type Topic = (typeof TOPICS)[number]

type Column = readonly [heading: string, of: (results: readonly CellResult[]) => string]

/** What a run shows. */
export function tablesOf(run: ExperimentRun): ResultTable[] {
  if (run.results.length === 0) return []
  const { kind } = run.experiment
  if (kind === 'condensation') return [table(run, 'condensation', condensation)]
  const withParts = run.results.some(({ parts }) => parts !== null)
  const retrained = run.results.filter((result) => result.retrained !== null)
  return [
    table(run, withParts ? 'distractors' : 'tradeoff', withParts ? distractors : tradeOff),
    ...(retrained.length > 0 ? [table({ ...run, results: retrained }, 'retraining', retraining)] : []),
  ]
}

/** For terminal or documents. */
export function tableText({ run, title, cells }: ResultTable, markdown: boolean): string {
  return markdown ? `## ${run}\n\n${title}\n\n${markdownTable(cells)}` : `${run}: ${title}\n${plainTable(cells)}`
}

function table(run: ExperimentRun, topic: Topic, columns: readonly Column[]): ResultTable {
  const settings = [...group(run.results, ({ cell }) => `${cell.method} ${cell.value}`).values()]
  const rows = settings.map((results) => columns.map(([, of]) => of(results)))
  const cells = [columns.map(([heading]) => heading), ...rows]
  return { topic, run: run.id, title: run.experiment.title, cells }
}

const percentOf =
  (share: (result: CellResult) => number | null | undefined) =>
  (results: readonly CellResult[]): string => {
    const found = results.map(share).filter((value) => value !== null && value !== undefined)
    return found.length === 0 ? '–' : `${spreadText(found, 1, 100)} %`
  }
const numberOf = (value: (result: CellResult) => number) => (results: readonly CellResult[]) =>
  spreadText(results.map(value), 2)

const METHOD_NAMES: Readonly<Record<CellResult['cell']['method'], string>> = {
  bits: 'bits, λ',
  l2: 'squared distance, λ',
  blur: 'blur, σ',
  jpeg: 'JPEG, quality',
  condensation: 'w',
}

const setting: Column = ['setting', ([one]) => (one ? `${METHOD_NAMES[one.cell.method]} ${one.cell.value}` : '')]
const seeds: Column = ['seeds', (results) => String(results.length)]
const bpd: readonly Column[] = [
  ['bpd before', numberOf((result) => result.bpd.original)],
  ['bpd after', numberOf((result) => result.bpd.simplified)],
  ['bits above blank left', percentOf(({ bpd: of }) => (of.simplified - of.blank) / (of.original - of.blank))],
]
const scores: readonly Column[] = [
  ['plain classifier', percentOf(({ reference }) => reference.accuracy)],
  ['on originals', percentOf(({ accuracy }) => accuracy.original)],
  ['on simplified', percentOf(({ accuracy }) => accuracy.simplified)],
]
const areas: readonly Column[] = [
  ['AUC plain', percentOf(({ reference }) => reference.auc)],
  ['AUC originals', percentOf(({ auc }) => auc?.original)],
  ['AUC simplified', percentOf(({ auc }) => auc?.simplified)],
]

const distractors: readonly Column[] = [
  setting,
  seeds,
  ['distractor gone', percentOf(({ parts }) => parts && 1 - parts.distractor.after / parts.distractor.before)],
  ['label part kept', percentOf(({ parts }) => parts && parts.labelled.after / parts.labelled.before)],
  ...bpd,
  ...scores,
]
const tradeOff: readonly Column[] = [setting, seeds, ...bpd, ...scores, ...areas]
const retraining: readonly Column[] = [
  setting,
  seeds,
  bpd[2] ?? setting,
  ['trained on originals', percentOf(({ reference }) => reference.accuracy)],
  ['retrained, on originals', percentOf(({ retrained }) => retrained?.accuracy.original)],
  ['retrained, on simplified', percentOf(({ retrained }) => retrained?.accuracy.simplified)],
  ['AUC trained on originals', percentOf(({ reference }) => reference.auc)],
  ['AUC retrained, originals', percentOf(({ retrained }) => retrained?.auc?.original)],
  ['AUC retrained, simplified', percentOf(({ retrained }) => retrained?.auc?.simplified)],
]
const condensation: readonly Column[] = [
  setting,
  seeds,
  ['bpd of a real picture', numberOf((result) => result.bpd.original)],
  ['bpd of a condensed one', numberOf((result) => result.bpd.simplified)],
  ['of a blank one', numberOf((result) => result.bpd.blank)],
  [
    'accuracy',
    (results) =>
      withSpread(
        results,
        ({ accuracy }) => accuracy.original,
        (one) => one.auc === null,
      ),
  ],
  [
    'AUC',
    (results) =>
      withSpread(
        results,
        ({ auc }) => auc?.original ?? null,
        (one) => one.auc !== null,
      ),
  ],
  ['plain classifier', percentOf(({ reference }) => reference.accuracy)],
  ['its AUC', percentOf(({ reference }) => reference.auc)],
]

/** One seed: ± over its evaluation nets; several: ± over seeds. */
function withSpread(
  results: readonly CellResult[],
  share: (result: CellResult) => number | null,
  owns: (result: CellResult) => boolean,
): string {
  const values = results.map(share).filter((value) => value !== null)
  if (values.length === 0) return '–'
  const own = results.every(owns) ? (results[0]?.spread ?? null) : null
  const spread = values.length > 1 ? deviation(values) : own
  return `${(100 * mean(values)).toFixed(1)}${spread === null ? '' : ` ± ${(100 * spread).toFixed(1)}`} %`
}
