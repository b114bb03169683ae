import type { WorkstationEvent } from '../../../contract'
import type {
  Clock,
  Engine,
  LabCatalogue,
  Logger,
  ResultFiles,
  RunReportWriter,
  RunStore,
  UserDialogs,
} from '../../ports'

/** What the training lab stands on beside the workstation. */
export interface LabDeps {
  /** An engine of its own, started when the first run begins: a training never stands before an audit. */
  readonly engine: Engine
  readonly runs: RunStore
  readonly catalogue: LabCatalogue
  /** The data folder. */
  readonly data: string
  readonly results: ResultFiles
  readonly reports: RunReportWriter
}

export interface LabContext {
  readonly lab: LabDeps
  readonly dialogs: UserDialogs
  readonly clock: Clock
  readonly log: Logger
  readonly productVersion: string
  readonly tell: (event: WorkstationEvent) => void
}
