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

  const become = (next: EngineState): EngineState => {
    state = next
    for (const listener of listeners) listener(next)
    return next
  }

  const open = async (): Promise<EngineState> => {
    become({ state: 'starting' })
    try {
      const fresh = openEngineChannel(launch(), log)
      channel = fresh
      void fresh.ended.then((sentence) => {
        if (channel === fresh && sentence !== null) become({ state: 'dead', message: sentence })
      })
      const info = await fresh.call('info', null, {})
      log.info({ backend: info.backend, refused: info.refused, threads: info.threads }, 'engine ready')
      return become({ state: 'ready', info })
    } catch (error) {
      return become({ state: 'dead', message: SimpleBitsError.from(error).message })
    }
  }
  const start = () => (starting ??= open())

  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start,
    async call(method, params, callOptions = {}) {
      const now = await start()
      if (state.state === 'dead' || now.state === 'dead' || !channel)
        throw new SimpleBitsError(
          'ENGINE_DIED',
          state.state === 'dead' ? state.message : 'The engine is not running. Restart it.',
        )
      return channel.call(method, params, callOptions)
    },
    async restart() {
      await channel?.close()
      starting = null
      return start()
    },
    async close() {
      const last = channel
      channel = null
      await last?.close()
    },
  }
}
