import type { Tell } from '../../../contract'
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

/** Where the lab's data lie; another folder can be chosen while the program runs. */
export interface LabData {
  folder(): string
  use(folder: string): void
}

/** What the training lab stands on beside the workstation. */
export interface LabDeps {
  /** An engine of its own, started when the first run begins: a training never stands before an audit. */
  readonly engine: Engine
  readonly runs: RunStore
  readonly catalogue: LabCatalogue
  readonly data: LabData
  readonly reports: RunReportWriter
}

export interface LabContext {
  readonly lab: LabDeps
  readonly results: ResultFiles
  readonly dialogs: UserDialogs
  readonly clock: Clock
  readonly log: Logger
  readonly productVersion: string
  /** Remembers the data folder for the next start. */
  readonly keepDataFolder: (folder: string) => Promise<void>
  readonly tell: Tell
}
