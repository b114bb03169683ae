import type { AuditedNetwork } from '../audit'
import type { PreparedFlow } from '../flow'
import type { Compiler } from '../tensor'

/** What a further search of a film needs. */
export interface SearchModels {
  readonly flow: PreparedFlow
  readonly network: AuditedNetwork
  /** Operation by operation where none is given. */
  readonly compiler?: Compiler
  /** Milliseconds of a steady clock. */
  readonly now: () => number
}
