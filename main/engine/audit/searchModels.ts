import type { PreparedFlow } from '../flow'
import type { Compiler } from '../tensor'
import type { AuditedNetwork } from './network'

/** What a search of a film needs: models, what runs them, and a clock. */
export interface SearchModels {
  readonly flow: PreparedFlow
  readonly network: AuditedNetwork
  /** Runs the search's steps and the measurements; operation by operation where none is given. */
  readonly compiler?: Compiler
  /** Milliseconds of a steady clock. */
  readonly now: () => number
}
