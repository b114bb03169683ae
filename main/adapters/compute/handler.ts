import type { EngineEvent, EngineMethod, EngineParams, EngineResult } from '../../../contract'
import type { Compiler } from '../../engine/tensor'
import type { ComputeBackend, ModelStore, OwnClassifierStore } from '../../ports'
import type { ReadyModels } from './readyModels'
import type { ReadyNetworks } from './readyNetworks'
import type { Traffic } from './traffic'

/** What every handler of the engine process may use. */
export interface EngineContext {
  readonly backend: ComputeBackend
  /** Runs what is computed many times. */
  readonly compiler: Compiler
  readonly models: ModelStore
  readonly ready: ReadyModels
  readonly own: OwnClassifierStore
  /** Classifiers as an audit sees them, bundled ones and the user's. */
  readonly networks: ReadyNetworks
  /** The calls under way: what nobody waits for gives way to them. */
  readonly traffic: Traffic
}

/** One call as its handler sees it. */
export interface HandlerCall<M extends EngineMethod> extends EngineContext {
  /** Streams an event to the caller. */
  readonly emit: (event: EngineEvent<M>) => void
  /** Aborts when the caller cancels. It is only heard if the handler gives way: see `giveWay`. */
  readonly signal: AbortSignal
}

/** One method of the engine. Throws SimpleBitsError; anything else becomes INTERNAL. */
export type Handler<M extends EngineMethod> = (
  params: EngineParams<M>,
  call: HandlerCall<M>,
) => Promise<EngineResult<M>>
