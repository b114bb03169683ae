import type { BackendChoice, ReportLabel } from '../../../contract'
import type { CohortDeps } from '../cohort'
import type { LabDeps } from '../lab'
import type { ClassifierInUse } from '../ownClassifiers'
import type {
  CaseStore,
  Clock,
  Engine,
  FilmSource,
  FilmWindow,
  Logger,
  ModelStore,
  OwnClassifierShelf,
  OwnClassifierStore,
  PictureWriter,
  ReportWriter,
  ResultFiles,
  SecondOpinions,
  TableSource,
  UserDialogs,
} from '../../ports'

/** All that the workstation stands on. */
export interface WorkstationDeps {
  readonly engine: Engine
  /** What the engine's next start is to compute with. */
  readonly chooseBackend: (backend: BackendChoice) => void
  readonly store: CaseStore
  readonly films: FilmSource
  readonly models: ModelStore
  /** Who decides about films, and the classifiers that the user brought along. */
  readonly classifiers: {
    readonly inUse: ClassifierInUse
    readonly store: OwnClassifierStore
    readonly shelf: OwnClassifierShelf
  }
  readonly pictures: PictureWriter
  readonly reports: ReportWriter
  /** Tables that the user exports. */
  readonly results: ResultFiles
  readonly dialogs: UserDialogs
  readonly tables: TableSource
  /** Null on the command line. */
  readonly filmWindow: FilmWindow | null
  readonly lab: LabDeps
  readonly cohort: CohortDeps
  readonly opinions: SecondOpinions
  readonly clock: Clock
  readonly log: Logger
  /** Films that come with the product. */
  readonly bundled: readonly { readonly path: string; readonly reportLabel: ReportLabel | null }[]
  /** Nothing happens by itself after opening: for a command that asks for one thing and ends. */
  readonly atRest?: boolean
  /** Path of the guide to classifiers of one's own; null where it is not installed. */
  readonly guide: string | null
  readonly product: { readonly version: string; readonly platform: string; readonly electron: string }
}
