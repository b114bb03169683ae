import type { EngineEvent, EngineMethod, EngineParams, EngineResult, EngineState } from '../../contract'

export interface EngineCallOptions<M extends EngineMethod> {
  /** Gets what the method streams, in order. */
  readonly onEvent?: (event: EngineEvent<M>) => void
  /** Aborting asks the engine to end the call soon; it then answers with what it has, or fails with CANCELLED. */
  readonly signal?: AbortSignal
}

/** Numerical computation, somewhere else: a watched process that may die without taking the product with it. */
export interface Engine {
  /**
   * @throws SimpleBitsError what the method failed with; ENGINE_DIED where the process is gone, with what was lost
   */
  call<M extends EngineMethod>(
    method: M,
    params: EngineParams<M>,
    options?: EngineCallOptions<M>,
  ): Promise<EngineResult<M>>
  state(): EngineState
  /** Subscribes to changes of state; returns the unsubscriber. */
  onState(listener: (state: EngineState) => void): () => void
  /** Starts it where it does not run, and answers when it is ready or has failed to become so. */
  start(): Promise<EngineState>
  /** Ends the process and starts a fresh one. Pending calls fail. */
  restart(): Promise<EngineState>
  close(): Promise<void>
}
