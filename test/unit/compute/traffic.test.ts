import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTraffic } from '../../../main/adapters/compute/traffic'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] }))
afterEach(() => vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** Whether the quiet that is waited for has come. */
function waiting(traffic: ReturnType<typeof createTraffic>) {
  const seen = { quiet: false }
  void traffic.quiet().then(() => (seen.quiet = true))
  return seen
}

it('is quiet where nobody has called, once a message that waits has been taken in', async () => {
  const traffic = createTraffic()
  const seen = waiting(traffic)
  await Promise.resolve()
  expect(seen.quiet).toBe(false)
  await pass(0)
  expect(seen.quiet).toBe(true)
})

it('is not quiet while a call is under way, however long, nor just after its end', async () => {
  const traffic = createTraffic()
  const leave = traffic.enter()
  const seen = waiting(traffic)
  await pass(60_000)
  expect(seen.quiet).toBe(false)
  leave()
  await pass(250)
  expect(seen.quiet).toBe(false)
  await pass(100)
  expect(seen.quiet).toBe(true)
})

it('waits anew for a call that comes meanwhile, and for the last of several', async () => {
  const traffic = createTraffic()
  traffic.enter()()
  const seen = waiting(traffic)
  await pass(200)
  const [one, other] = [traffic.enter(), traffic.enter()]
  await pass(1000)
  one()
  await pass(1000)
  expect(seen.quiet).toBe(false)
  other()
  await pass(250)
  expect(seen.quiet).toBe(false)
  await pass(100)
  expect(seen.quiet).toBe(true)
})

it('calls one after the other, with less than that between them, keep it from being quiet', async () => {
  const traffic = createTraffic()
  const seen = waiting(traffic)
  for (let i = 0; i < 10; i++) {
    const leave = traffic.enter()
    await pass(50)
    leave()
    await pass(200)
    expect(seen.quiet).toBe(false)
  }
  await pass(150)
  expect(seen.quiet).toBe(true)
})
