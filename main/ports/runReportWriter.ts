import type { RunReport } from '../domain/report'

/** Sets the report of a run (main/domain/report: `buildRunReport`) in type. */
export interface RunReportWriter {
  /** The file appears whole or not at all. @throws SimpleBitsError WRITE_FAILED */
  write(report: RunReport, path: string): Promise<void>
}
