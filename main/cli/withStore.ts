import { join, resolve } from 'node:path'
import { Option } from 'commander'
import {
  type BackendChoice,
  type CallParams,
  type CallResult,
  type CaseSummary,
  type QueueName,
  type WorkstationCall,
  type Tell,
} from '../../contract'
import { askPassphrase } from './askPassphrase'
import { closing } from './closing'

/** The open store: the calls of the window, answered by the same use cases. */
export interface TerminalStore {
  readonly folder: string
  ask<C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallResult<C>>
  onEvent(listener: Tell): () => void
  /** The films of a queue, the most surely wrong first. */
  queue(name: QueueName): Promise<CaseSummary[]>
}

interface StoreChoice {
  readonly store?: string
  readonly backend?: BackendChoice
  readonly mayCreate?: boolean
  readonly unprotected?: boolean
  /** Where reports go. */
  readonly out?: string
  /** Where the next file goes, in the place of `out`. */
  readonly saveAs?: () => string
}

export function storeOption(): Option {
  return new Option(
    '--store <folder>',
    'the store (default: SIMPLEBITS_STORE, else the one of the workstation); its passphrase comes from SIMPLEBITS_STORE_PASSPHRASE, else it is asked',
  )
}

/** Opens the store, does the work, and closes it, whatever happens. */
export async function withStore<T>(choice: StoreChoice, work: (store: TerminalStore) => Promise<T>): Promise<T> {
  const { ask, openTerminalStore, usualStoreFolder } = await import('../compose')
  const folder = resolve(choice.store ?? usualStoreFolder())
  const { backend = 'auto', mayCreate = false, unprotected = false, out = '.' } = choice
  const workstation = await openTerminalStore({
    folder,
    backend,
    mayCreate,
    unprotected,
    passphrase: askPassphrase,
    reportPath: (suggestedName) => choice.saveAs?.() ?? resolve(join(out, suggestedName)),
  })
  return closing(workstation, () =>
    work({
      folder,
      ask: (name, params) => ask(workstation, name, params),
      onEvent: (listener) => workstation.onEvent(listener),
      async queue(name) {
        const cases = (await ask(workstation, 'listCases', null)).filter(({ queues }) => queues.includes(name))
        return cases.sort((a, b) => (b.wrongness ?? -Infinity) - (a.wrongness ?? -Infinity))
      },
    }),
  )
}
