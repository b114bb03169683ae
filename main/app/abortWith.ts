import { setMaxListeners } from 'node:events'

/** Work that can be called off. */
export interface Abortable {
  readonly signal: AbortSignal
  readonly end: () => void
}

/** A signal of its own, which aborts by `end` and, where there is one, with `outer`. Once it has ended, `outer` no longer holds it. */
export function abortWith(outer?: AbortSignal): Abortable {
  const own = new AbortController()
  const end = () => own.abort()
  // As many films as are read at a time listen to it, each only while it is read.
  setMaxListeners(0, own.signal)
  outer?.addEventListener('abort', end, { once: true, signal: own.signal })
  if (outer?.aborted) end()
  return { signal: own.signal, end }
}
