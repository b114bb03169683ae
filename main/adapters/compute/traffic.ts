import { deferred } from '../deferred'
import { giveWay } from './giveWay'

/** Calls often come one after the other: only after so long without any does nobody want anything. */
const QUIET_MS = 300

/** Who is being answered, for work that nobody waits for. */
export interface Traffic {
  /** A call has come; call what is returned at its end. */
  enter(): () => void
  /** Resolves when no call is under way and none has ended just now. A call that came meanwhile has been taken in by then. */
  quiet(): Promise<void>
}

export function createTraffic(): Traffic {
  let calls = 0
  let lastEnd = -Infinity
  let nextEnd = deferred<null>()
  return {
    enter() {
      calls++
      return () => {
        calls--
        lastEnd = performance.now()
        nextEnd.resolve(null)
        nextEnd = deferred()
      }
    },
    async quiet() {
      for (;;) {
        await giveWay()
        const left = lastEnd + QUIET_MS - performance.now()
        if (calls > 0) await nextEnd.promise
        else if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
        else return
      }
    },
  }
}
