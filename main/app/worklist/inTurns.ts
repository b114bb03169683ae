import { setImmediate as nextTurn } from 'node:timers/promises'

const A_TURN = 32

/** One by one, with pauses in which the process answers others: it reads thousands of films for seconds. */
export async function* inTurns<T>(all: Iterable<T>): AsyncGenerator<T> {
  let taken = 0
  for (const one of all) {
    if (taken > 0 && taken % A_TURN === 0) await nextTurn()
    taken++
    yield one
  }
}
