import type { WorkstationEvent } from '../../../contract'
import type { CaseStore, Engine, ModelStore, SecondOpinions } from '../../ports'
import type { OpenFilms } from '../workstation/openFilms'
import type { Worklist } from '../workstation/worklist'

/** What explaining a case stands on. */
export interface ExplainContext {
  readonly deps: {
    readonly engine: Engine
    readonly store: CaseStore
    readonly models: ModelStore
    readonly opinions: SecondOpinions
  }
  readonly worklist: Worklist
  readonly films: OpenFilms
  readonly tell: (event: WorkstationEvent) => void
  /** The case's record was changed in the store. */
  readonly recordChanged: () => void
}
