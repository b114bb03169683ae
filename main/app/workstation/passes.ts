import { abortWith, type Abortable } from '../abortWith'

/** One pass over the films at a time: a further one calls off the one before, whose answers nobody waits for any more. */
export class Passes {
  private current: Abortable | null = null

  /** Ends with `outer` too. */
  begin(outer: AbortSignal): Abortable {
    this.current?.end()
    this.current = abortWith(outer)
    return this.current
  }
}
