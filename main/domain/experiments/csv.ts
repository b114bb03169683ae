import { RESEARCH_USE_ONLY, type CellResult, type ExperimentRun } from '../../../contract'
import { csvText, type CsvCell } from '../csv'

const COLUMNS: readonly (readonly [string, (result: CellResult) => CsvCell])[] = [
  ['cell', ({ cell }) => cell.id],
  ['method', ({ cell }) => cell.method],
  ['value', ({ cell }) => cell.value],
  ['seed', ({ cell }) => cell.seed],
  ['bpd_original', ({ bpd }) => bpd.original],
  ['bpd_simplified', ({ bpd }) => bpd.simplified],
  ['bpd_blank', ({ bpd }) => bpd.blank],
  ['accuracy_original', ({ accuracy }) => accuracy.original],
  ['accuracy_simplified', ({ accuracy }) => accuracy.simplified],
  ['auc_original', ({ auc }) => auc?.original],
  ['auc_simplified', ({ auc }) => auc?.simplified],
  ['reference_accuracy', ({ reference }) => reference.accuracy],
  ['reference_auc', ({ reference }) => reference.auc],
  ['retrained_accuracy_original', ({ retrained }) => retrained?.accuracy.original],
  ['retrained_accuracy_simplified', ({ retrained }) => retrained?.accuracy.simplified],
  ['labelled_bits_before', ({ parts }) => parts?.labelled.before],
  ['labelled_bits_after', ({ parts }) => parts?.labelled.after],
  ['distractor_bits_before', ({ parts }) => parts?.distractor.before],
  ['distractor_bits_after', ({ parts }) => parts?.distractor.after],
  ['spread', ({ spread }) => spread],
  ['skipped_steps', ({ skippedSteps }) => skippedSteps],
  ['seconds', ({ seconds }) => seconds],
  ['note', () => RESEARCH_USE_ONLY],
]

/** A run's results as comma-separated values, a row a cell. */
export function csvOf(run: ExperimentRun): string {
  return csvText([COLUMNS.map(([name]) => name), ...run.results.map((result) => COLUMNS.map(([, of]) => of(result)))])
}
