import type { BackendName } from '../../contract'

/** The numeric library in use in this process: loaded once, global to tfjs-core. */
export interface ComputeBackend {
  readonly name: BackendName
  /** Why the faster ones were not taken. */
  readonly refused: readonly { readonly backend: BackendName; readonly reason: string }[]
  readonly threads: number
  readonly versions: Readonly<Record<string, string>>
}
