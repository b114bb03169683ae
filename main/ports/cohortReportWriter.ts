import type { CohortReport } from '../domain/report'

/** Sets the report of a cohort (main/domain/report: `buildCohortReport`) in type. */
export interface CohortReportWriter {
  /** The file appears whole or not at all. @throws SimpleBitsError WRITE_FAILED */
  write(report: CohortReport, path: string): Promise<void>
}
