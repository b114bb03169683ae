import { withLetters, type CaseReport } from '../../domain/report'
import { interFiles, lettersOf } from '../fonts'

const typeface = () => lettersOf(interFiles().normal)

/** A case's report in letters that Inter has; what it lacks is told among the notes. */
export function printableCase(report: CaseReport): CaseReport {
  return withLetters(report, {
    has: typeface(),
    told: (printed, note) => ({ ...printed, warnings: [...printed.warnings, note] }),
  })
}

/** The same of a cohort or a run, told where it says how to read it. */
export function printable<Report extends { readonly howToRead: readonly string[] }>(report: Report): Report {
  return withLetters(report, {
    has: typeface(),
    told: (printed, note) => ({ ...printed, howToRead: [...printed.howToRead, note] }),
  })
}
