import type { ChildProcess } from 'node:child_process'
import {
  ENGINE_METHOD_KINDS,
  engineMethods,
  fromEngine,
  issuesOf,
  SimpleBitsError,
  type EngineMethod,
  type EngineParams,
  type EngineResult,
  type FromEngine,
  type ToEngine,
} from '../../../contract'
import type { EngineCallOptions, Logger } from '../../ports'
import { deferred, type Deferred } from '../deferred'

const KEPT_STDERR = 4000
/** How long a closing child may take before it is killed. */
const CLOSE_PATIENCE_MS = 2000

interface Pending {
  readonly method: EngineMethod
  readonly resolve: (result: unknown) => void
  readonly reject: (error: SimpleBitsError) => void
  readonly onEvent: (event: unknown) => void
}

/** The life of one engine process: from `ready` over calls to its end. */
export interface EngineChannel {
  /** Resolves once the backend is loaded; rejects where that fails. */
  readonly ready: Promise<null>
  /** Resolves with a sentence for the user when the process is gone; null where it was closed on purpose. */
  readonly ended: Promise<string | null>
  call<M extends EngineMethod>(
    method: M,
    params: EngineParams<M>,
    options: EngineCallOptions<M>,
  ): Promise<EngineResult<M>>
  close(): Promise<void>
}

export function openEngineChannel(child: ChildProcess, log: Logger): EngineChannel {
  const pending = new Map<number, Pending>()
  let nextId = 0
  let closing = false
  let lastWords = ''
  const ready = deferred<null>()
  const ended = deferred<string | null>()
  // Whoever does not wait for it must not be stopped by it; calls reject with the same reason.
  ready.promise.catch(() => undefined)

  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-KEPT_STDERR)
    log.debug({ engine: chunk.toString().trimEnd() }, 'engine says')
  })
  const send = (message: ToEngine) => {
    if (child.connected) child.send(message)
  }
  child.on('message', (raw) => {
    const message = fromEngine.safeParse(raw)
    if (!message.success)
      log.error({ problem: issuesOf(message.error, 'message') }, 'unreadable message from the engine')
    else receive(message.data, { pending, ready, cancel: (id) => send({ type: 'cancel', id }), log })
  })
  const onEnd = (how: string) => {
    const lost = [...pending.values()]
      .map(({ method }) => method)
      .filter((method) => ENGINE_METHOD_KINDS[method].lost !== null)
    const sentence = closing ? sentenceOfEnd(lost) : sentenceOfDeath(how, lost)
    if (!closing) log.error({ how, lost, lastWords }, 'the engine died')
    const error = new SimpleBitsError('ENGINE_DIED', sentence)
    for (const call of pending.values()) call.reject(error)
    pending.clear()
    ready.reject(error)
    ended.resolve(closing ? null : sentence)
  }
  child.on('error', (error) => onEnd(error.message))
  child.on('exit', (code, signal) => onEnd(signal ? `ended by ${signal}` : `exit code ${code}`))

  return {
    ready: ready.promise,
    ended: ended.promise,
    async call(method, params, { onEvent, signal }) {
      await ready.promise
      if (signal?.aborted) throw new SimpleBitsError('CANCELLED', 'It was cancelled before it began.')
      if (!child.connected) throw new SimpleBitsError('ENGINE_DIED', sentenceOfDeath('the channel is closed', []))
      const id = nextId++
      const cancel = () => send({ type: 'cancel', id })
      signal?.addEventListener('abort', cancel)
      try {
        return await new Promise((resolve, reject) => {
          pending.set(id, {
            method,
            resolve: resolve as Pending['resolve'],
            reject,
            onEvent: (onEvent ?? ignore) as Pending['onEvent'],
          })
          send({ type: 'call', id, method, params })
        })
      } finally {
        pending.delete(id)
        signal?.removeEventListener('abort', cancel)
      }
    },
    async close() {
      closing = true
      if (child.exitCode !== null || child.signalCode !== null) return
      if (child.connected) child.disconnect()
      const patience = setTimeout(() => child.kill('SIGKILL'), CLOSE_PATIENCE_MS)
      await ended.promise
      clearTimeout(patience)
    },
  }
}

function receive(
  message: FromEngine,
  to: { pending: ReadonlyMap<number, Pending>; ready: Deferred<null>; cancel: (id: number) => void; log: Logger },
): void {
  if (message.type === 'ready') return to.ready.resolve(null)
  if (message.type === 'failed') return to.ready.reject(SimpleBitsError.fromWire(message.error))
  const call = to.pending.get(message.id)
  if (!call) return
  if (message.type === 'error') {
    const { error, where } = message
    if (where) to.log.error({ method: call.method, code: error.code, where }, 'the engine failed in a call')
    return call.reject(SimpleBitsError.fromWire(error))
  }
  const { event, result } = engineMethods[call.method]
  const checked = message.type === 'event' ? event.safeParse(message.event) : result.safeParse(message.result)
  if (!checked.success) {
    // Nobody waits for it any more: it must not go on unseen.
    to.cancel(message.id)
    const { method } = call
    const cause = checked.error
    to.log.error({ method, problem: cause.issues }, 'an answer of the engine does not fit')
    call.reject(new SimpleBitsError('INTERNAL', UNFIT_ANSWER, { cause }))
  } else if (message.type === 'event') call.onEvent(checked.data)
  else call.resolve(checked.data)
}

const UNFIT_ANSWER =
  'The computing engine gave an answer that this program does not understand. Restart the engine; if it happens again, send the log.'

function sentenceOfDeath(how: string, lost: readonly EngineMethod[]): string {
  return `The computing engine stopped unexpectedly (${how}). ${lossOf(lost)} Restart the engine to go on.`
}

/** It was ended on purpose: by the settings, the user, or the program's end. */
function sentenceOfEnd(lost: readonly EngineMethod[]): string {
  return `The computing engine was ended to start again. ${lossOf(lost)}`
}

function lossOf(lost: readonly EngineMethod[]): string {
  const names = [...new Set(lost.map((method) => ENGINE_METHOD_KINDS[method].lost))]
  return `${names.length === 0 ? 'Nothing was running.' : `Lost: ${names.join(', ')}.`} Everything that was finished is kept.`
}

function ignore(): void {
  // A caller that did not ask for events.
}
