import PQueue from 'p-queue'
import {
  faultOf,
  MIN_PASSPHRASE,
  SimpleBitsError,
  type CallAnswer,
  type CallParams,
  type CallResult,
  type CallTable,
  type ErrorCode,
  type StoreState,
  type Tell,
  type WireError,
  type WorkstationCall,
} from '../../../contract'
import type { Logger, OsKeyStore, StoreKeys } from '../../ports'
import { resultOf } from '../resultOf'
import type { Workstation } from '../workstation'

export interface GateDeps {
  readonly keys: StoreKeys
  /** Of the desktop; null where no real one answers. Asked at each attempt, for a keyring may start late. */
  readonly os: () => OsKeyStore | null
  /** From whoever started the program unattended; null where nobody did. */
  readonly passphrase: string | null
  /** Where the store lies, as the user may be told it. */
  readonly folder: string
  readonly open: (key: Buffer) => Promise<Workstation>
  readonly log: Logger
}

/**
 * The product behind the lock of its store: until that is open, only the calls that open it are answered. A desktop with a key
 * store of its own, or a passphrase in the environment, opens it without a question.
 */
export function openGate(deps: GateDeps): Workstation {
  const gate = new Gate(deps)
  const calls: Partial<CallTable<WorkstationCall>> = {
    storeState: () => gate.settled(),
    protectStore: (choice) => gate.enter(() => deps.keys.create(choice)),
    unlockStore: ({ passphrase }) => gate.enter(() => deps.keys.openWith(passphrase)),
    reopenStore: () => gate.reopen(),
    setStoreAside: () => gate.setAside(),
    setStorePassphrase: ({ passphrase }) => gate.setPassphrase(passphrase),
  }
  return {
    async call(name, params) {
      const own = calls[name]
      if (!own) return gate.pass(name, params)
      try {
        return { ok: true, result: await resultOf(own(params)) }
      } catch (error) {
        return { ok: false, error: SimpleBitsError.from(error).toWire() }
      }
    },
    onEvent: (listener) => gate.listen(listener),
    filmPixels: async (id) => (await gate.product()).filmPixels(id),
    close: () => gate.close(),
  }
}

/** What passes, or is mended outside the store: everything else may call for a new one. */
const PASSES: ReadonlySet<ErrorCode> = new Set(['STORE_IN_USE', 'WRITE_FAILED', 'KEY_STORE_SILENT'])

const TOO_SHORT: WireError = {
  code: 'BAD_REQUEST',
  message: `The passphrase in SIMPLEBITS_STORE_PASSPHRASE is too short: a new store needs at least ${MIN_PASSPHRASE} characters.`,
}
const DOES_NOT_FIT: WireError = {
  code: 'WRONG_PASSPHRASE',
  message: 'The passphrase in SIMPLEBITS_STORE_PASSPHRASE does not open this store. Type the right one.',
}

class Gate {
  private inside: { readonly workstation: Workstation; readonly key: Buffer } | null = null
  private state: Promise<StoreState>
  private readonly listeners = new Set<Tell>()
  /** One attempt to open after the other: a second one beside it would meet this process's own lock. */
  private readonly attempts = new PQueue({ concurrency: 1 })

  constructor(private readonly deps: GateDeps) {
    this.state = this.openBySelf()
  }

  settled(): Promise<StoreState> {
    return this.state
  }

  listen(listener: Tell): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** @throws SimpleBitsError STORE_LOCKED */
  async product(): Promise<Workstation> {
    await this.state.catch(() => undefined)
    if (this.inside) return this.inside.workstation
    throw new SimpleBitsError('STORE_LOCKED', 'The store is not open yet.')
  }

  async pass<C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallAnswer<C>> {
    try {
      return await (await this.product()).call(name, params)
    } catch (error) {
      return { ok: false, error: SimpleBitsError.from(error).toWire() }
    }
  }

  /** Opens with the key that is got by a user's word; where that fails, the state stays as it was. */
  enter(key: () => Promise<Buffer>): Promise<StoreState> {
    return this.attempts.add(async () => {
      const before = await this.state
      if (before.state === 'open') throw new SimpleBitsError('BAD_REQUEST', 'The store is open already.')
      const got = await key()
      this.state = this.openedWith(got)
      return this.state
    })
  }

  reopen(): Promise<StoreState> {
    return this.attempts.add(async () => {
      await this.state
      this.state = this.inside ? this.state : this.openBySelf()
      return this.state
    })
  }

  async setAside(): Promise<CallResult<'setStoreAside'>> {
    const folder = await this.attempts.add(async () => {
      const before = await this.state
      if (before.state === 'open')
        throw new SimpleBitsError('BAD_REQUEST', 'The store is open; there is no need to set it aside.')
      if (before.state === 'new') throw new SimpleBitsError('BAD_REQUEST', 'There is no store yet to set aside.')
      // The store is sound then, and only something else is in its way.
      if (before.state === 'failed' && !before.lost) throw SimpleBitsError.fromWire(before.error)
      return this.deps.keys.setAside()
    })
    return { folder, state: await this.reopen() }
  }

  async setPassphrase(passphrase: string): Promise<StoreState> {
    const { inside, deps } = this
    if (!inside) throw new SimpleBitsError('STORE_LOCKED', 'The store is not open yet.')
    await deps.keys.setPassphrase(inside.key, passphrase)
    this.state = this.describeOpen()
    return this.state
  }

  async close(): Promise<void> {
    await this.state.catch(() => undefined)
    await this.inside?.workstation.close()
  }

  private async openBySelf(): Promise<StoreState> {
    const { keys, os, passphrase } = this.deps
    try {
      if ((await keys.protections()) === null) {
        if (passphrase !== null && passphrase.length < MIN_PASSPHRASE) return { state: 'new', refused: TOO_SHORT }
        const choice = passphrase ? ({ kind: 'passphrase', passphrase } as const) : os() && ({ kind: 'os' } as const)
        return choice ? await this.openedWith(await keys.create(choice)) : { state: 'new' }
      }
      const key = await keys.openWithout()
      if (key) return await this.openedWith(key)
      return passphrase === null ? { state: 'locked' } : await this.openWithTold(passphrase)
    } catch (error) {
      return this.failed(error)
    }
  }

  /** The store is sound where the environment's passphrase is of another one: the user is asked for the right one. */
  private async openWithTold(passphrase: string): Promise<StoreState> {
    try {
      return await this.openedWith(await this.deps.keys.openWith(passphrase))
    } catch (error) {
      if (SimpleBitsError.from(error).code !== 'WRONG_PASSPHRASE') throw error
      return { state: 'locked', refused: DOES_NOT_FIT }
    }
  }

  private async openedWith(key: Buffer): Promise<StoreState> {
    try {
      const workstation = await this.deps.open(key)
      workstation.onEvent((event) => this.listeners.forEach((listener) => listener(event)))
      this.inside = { workstation, key }
      return await this.describeOpen()
    } catch (error) {
      return this.failed(error)
    }
  }

  private async describeOpen(): Promise<StoreState> {
    const { keys, folder } = this.deps
    return { state: 'open', protections: [...((await keys.protections()) ?? [])], folder }
  }

  private failed(error: unknown): StoreState {
    const known = SimpleBitsError.from(error)
    this.deps.log.error(faultOf(error), 'the store could not be opened')
    return { state: 'failed', error: known.toWire(), lost: !PASSES.has(known.code) }
  }
}
