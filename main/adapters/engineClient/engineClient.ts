import type { ChildProcess } from 'node:child_process'
import { SimpleBitsError, type EngineState } from '../../../contract'
import type { Engine, Logger } from '../../ports'
import { openEngineChannel, type EngineChannel } from './engineChannel'

/**
 * The engine process, watched: started by the first call or by `start`, restarted only on request, so that nobody is
 * silently given an answer of another process than the one that died.
 *
 * @param launch starts a fresh process; may throw SimpleBitsError BACKEND_UNAVAILABLE
 */
export function createEngineClient(options: { launch: () => ChildProcess; log: Logger }): Engine {
  const { launch, log } = options
  const listeners = new Set<(state: EngineState) => void>()
  let state: EngineState = { state: 'starting' }
  let channel: EngineChannel | null = null
  let starting: Promise<EngineState> | null = null
  /** Why it is dead: a missing backend is another failure than a process that broke down. */
  let cause: SimpleBitsError | null = null

  const become = (next: EngineState): EngineState => {
    state = next
    for (const listener of listeners) listener(next)
    return next
  }

  let closed = false

  /** Calls wait from the first moment on, while the former process takes its time to end. */
  const open = async (former: EngineChannel | null): Promise<EngineState> => {
    become({ state: 'starting' })
    await former?.close()
    if (closed) return state
    try {
      const fresh = openEngineChannel(launch(), log)
      channel = fresh
      void fresh.ended.then((sentence) => {
        if (channel !== fresh || sentence === null || state.state === 'dead') return
        cause = new SimpleBitsError('ENGINE_DIED', sentence)
        become({ state: 'dead', message: sentence })
      })
      const info = await fresh.call('info', null, {})
      log.info({ backend: info.backend, refused: info.refused, threads: info.threads }, 'engine ready')
      return become({ state: 'ready', info })
    } catch (error) {
      cause = SimpleBitsError.from(error)
      return become({ state: 'dead', message: cause.message })
    }
  }
  const start = () => (starting ??= open(null))
  /** Two requests at once get one process. */
  let restarting: Promise<EngineState> | null = null
  const reopen = (): Promise<EngineState> => {
    const former = channel
    channel = null
    return (starting = open(former))
  }

  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start,
    async call(method, params, callOptions = {}) {
      await start()
      if (state.state === 'dead' || !channel)
        throw cause ?? new SimpleBitsError('ENGINE_DIED', 'The engine is not running. Restart it.')
      return channel.call(method, params, callOptions)
    },
    restart() {
      restarting ??= reopen().finally(() => (restarting = null))
      return restarting
    },
    async close() {
      closed = true
      const last = channel
      channel = null
      await last?.close()
      await restarting
    },
  }
}
