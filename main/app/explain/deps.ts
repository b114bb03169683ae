import type { Tell } from '../../../contract'
import type { CaseStore, Engine, ModelStore, SecondOpinions } from '../../ports'
import type { ClassifierInUse } from '../ownClassifiers'
import type { OpenFilms, Worklist } from '../worklist'

/** What explaining a case stands on. */
export interface ExplainContext {
  readonly deps: {
    readonly engine: Pick<Engine, 'call'>
    readonly store: Pick<CaseStore, 'audit' | 'auditRecord' | 'changeRecord' | 'explanation' | 'saveExplanation'>
    readonly models: Pick<ModelStore, 'describe' | 'list'>
    readonly opinions: SecondOpinions
    readonly classifiers: { readonly inUse: Pick<ClassifierInUse, 'get'> }
  }
  readonly worklist: Pick<Worklist, 'get' | 'summary'>
  readonly films: Pick<OpenFilms, 'get'>
  readonly tell: Tell
  /** The case's record was changed in the store. */
  readonly recordChanged: () => void
}
