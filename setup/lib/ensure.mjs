import { withSetupLock } from './lock.mjs'
import { say, sayReady } from './say.mjs'

/**
 * One part of the set-up, done only where it is missing.
 * @template T
 * @param {string} step
 * @param {{ ready: (locked: boolean) => Promise<T | undefined>, install: () => Promise<T | void> }} part ready: undefined or false
 *   where something is to be done; it may change something only where it is told that the lock is held
 * @returns {Promise<T>}
 */
export async function ensure(step, { ready, install }) {
  const found = await ready(false)
  if (found) {
    sayReady(step, 'ready')
    return found
  }
  return withSetupLock(async () => {
    // Another set-up may have done it while we waited.
    const meanwhile = await ready(true)
    if (meanwhile) return meanwhile
    const start = Date.now()
    const made = await install()
    say(step, `done in ${((Date.now() - start) / 1000).toFixed(1)} s`)
    return /** @type {T} */ (made)
  })
}
