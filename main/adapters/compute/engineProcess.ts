import { parseArgs } from 'node:util'
import { backendChoice, faultOf, SimpleBitsError, toEngine, type FromEngine } from '../../../contract'
import { createModelStore, createOwnClassifierStore } from '../weights'
import { compilerFor } from './backend/compilerFor'
import { createDispatch, type RawCall } from './dispatch'
import { loadBackend } from './backend/loadBackend'
import { createReadyModels } from './readyModels'
import { createReadyNetworks } from './readyNetworks'
import { createTraffic } from './traffic'

/**
 * Entry of the engine: a plain Node child process, started with `--backend NAME --models DIR…` and an 'advanced' channel.
 * It says `ready`, then answers calls until the channel closes; it never outlives its parent.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { backend: { type: 'string', default: 'auto' }, models: { type: 'string', multiple: true, default: [] } },
  })
  const backend = await loadBackend(backendChoice.parse(values.backend))
  const models = createModelStore(values.models)
  const own = createOwnClassifierStore(values.models)
  const ready = createReadyModels(models)
  const [compiler, traffic] = [compilerFor(backend), createTraffic()]
  const networks = createReadyNetworks(ready, own, { compiler, traffic })
  const dispatch = createDispatch({ backend, compiler, models, ready, own, networks, traffic })
  serve(dispatch)
  send({ type: 'ready' })
}

function serve(dispatch: (call: RawCall) => Promise<unknown>): void {
  const running = new Map<number, AbortController>()
  process.on('message', (raw) => {
    const parsed = toEngine.safeParse(raw)
    // Only our own parent holds the channel: a message that does not fit is a defect of the product, not of an input.
    if (!parsed.success)
      throw new SimpleBitsError('BAD_REQUEST', `Unreadable message to the engine: ${parsed.error.message}`)
    const message = parsed.data
    if (message.type === 'cancel') {
      running.get(message.id)?.abort()
      return
    }
    const { id } = message
    const abort = new AbortController()
    running.set(id, abort)
    answer(id, () =>
      dispatch({
        method: message.method,
        params: message.params,
        emit: (event) => send({ type: 'event', id, event }),
        signal: abort.signal,
      }),
    ).finally(() => running.delete(id))
  })
}

async function answer(id: number, work: () => Promise<unknown>): Promise<void> {
  try {
    send({ type: 'result', id, result: await work() })
  } catch (error) {
    const { where } = faultOf(error)
    send({ type: 'error', id, error: SimpleBitsError.from(error).toWire(), ...(where ? { where } : {}) })
  }
}

function send(message: FromEngine): void {
  if (process.connected) process.send?.(message)
}

// Ctrl-C in a terminal, and the SIGTERM of `timeout` or of a job scheduler, reach the whole process group: the parent decides
// what they mean and cancels here.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit(0))

main().catch((error: unknown) => {
  send({ type: 'failed', error: SimpleBitsError.from(error).toWire() })
  process.exitCode = 1
  process.disconnect?.()
})
