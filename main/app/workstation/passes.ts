import { setMaxListeners } from 'node:events'

/** One pass over the films at a time: a further one calls off the one before, whose answers nobody waits for any more. */
export class Passes {
  private current: AbortController | null = null

  /** Its end; also where `outer` aborts. */
  begin(outer: AbortSignal): AbortController {
    this.current?.abort()
    const pass = new AbortController()
    this.current = pass
    // As many films as are read at a time listen to it.
    setMaxListeners(0, pass.signal)
    const end = () => pass.abort()
    outer.addEventListener('abort', end, { once: true })
    pass.signal.addEventListener('abort', () => outer.removeEventListener('abort', end), { once: true })
    if (outer.aborted) end()
    return pass
  }
}
