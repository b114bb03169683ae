import type { Sha256 } from '../../contract'
import type { CaseReport } from '../domain/report'

/** Sets a finished case report (main/domain/report: `buildCaseReport`) in type. */
export interface ReportWriter {
  /** The file appears whole or not at all; answers with its hash. @throws SimpleBitsError WRITE_FAILED */
  write(report: CaseReport, path: string): Promise<Sha256>
}
