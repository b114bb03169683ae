import type { CohortAtThreshold, CohortOverview } from '../../../contract'
import { plainTable } from '../summaryTable'
import { classifierText } from './classifierText'
import { bitsRows, confusionCells, groupRows, rateRows } from './cohortTables'
import { thresholdText } from './thresholdText'
import { decimalText } from '../numbers'

/** The cohort as tables for a terminal. */
export function cohortSummary(overview: CohortOverview, at: CohortAtThreshold): string {
  const { all, used, withoutLabel, withoutDecision, calibration } = overview
  const head = `${used.length} of ${all.length} films have a report label and a decision (${withoutLabel.length} without label, ${withoutDecision.length} without a decision that counts).`
  if (used.length === 0) return `${head}\nNothing to count: import labels with the films, or set them in the worklist.`
  const own = at.threshold === overview.threshold ? '' : ` (what if; its own is ${thresholdText(overview.threshold)})`
  const counts = confusionCells(at).map(({ name, count, share }) => [name, count, share])
  return [
    head,
    `${classifierText(overview.classifier)}: effusion is called from ${thresholdText(at.threshold)} up${own}.`,
    plainTable(counts),
    plainTable(rateRows(overview, at)),
    ...(calibration ? [`Expected calibration error ${decimalText(calibration.expectedError, 3)}`] : []),
    plainTable(groupRows(overview, at)),
    ...(overview.bits.length > 0 ? [plainTable(bitsRows(overview, at))] : []),
  ].join('\n\n')
}
