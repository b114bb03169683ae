import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { abortWith } from '../../../main/app/abortWith'

it('work that is part of other work ends with it, alone where it is called off, and then no longer hangs on it', () => {
  const outer = new AbortController()
  const [one, other] = [abortWith(outer.signal), abortWith(outer.signal)]
  one.end()
  expect([one, other].map(({ signal }) => signal.aborted)).toEqual([true, false])
  expect(getEventListeners(outer.signal, 'abort')).toHaveLength(1)
  outer.abort()
  expect(other.signal.aborted).toBe(true)
  expect(abortWith(outer.signal).signal.aborted).toBe(true)
})
