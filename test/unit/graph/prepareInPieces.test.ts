import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, BUNDLED_FLOW } from '../../../contract'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import type { HandlerCall } from '../../../main/adapters/compute/handler'
import { prepare } from '../../../main/adapters/compute/handlers/prepare'
import type { ReadyFlow } from '../../../main/adapters/compute/readyModels'
import type { ReadyNetwork } from '../../../main/adapters/compute/readyNetworks'
import { EAGER, type Compiler } from '../../../main/engine/tensor'
import { until } from '../../support/processes'
import { tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
let compiler: Compiler
beforeAll(async () => {
  await tf.ready()
  tiny = tinyAudit()
})
afterAll(() => tiny.dispose())
beforeEach(() => {
  compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
})

const none = () => Promise.reject(new Error('getting ready asks for the network and the flow'))
const native = () => tf.backend() as unknown as { getNumOfSavedModels(): number }

/** Getting ready for audits by the tiny models; the test says when nobody wants anything. */
function gettingReady({ by = compiler, signal = new AbortController().signal } = {}) {
  const waiting: (() => void)[] = []
  const { network, flow } = tiny.dependencies
  const call: Partial<HandlerCall<'prepare'>> = {
    ...{ compiler: by, signal },
    traffic: { enter: () => () => undefined, quiet: () => new Promise((resolve) => waiting.push(resolve)) },
    networks: { network: async () => ({ network }) as ReadyNetwork },
    ready: { flow: async () => ({ flow }) as ReadyFlow, classifier: none, simplifier: none },
  }
  const request = { model: BUNDLED_CLASSIFIER, flow: BUNDLED_FLOW, objective: 'activation' } as const
  let ended = false
  const answer = prepare(request, call as HandlerCall<'prepare'>).finally(() => (ended = true))
  return {
    answer,
    ended: () => ended,
    /** Lets it do one piece, and says whether there is another. */
    async quiet(): Promise<boolean> {
      await until(() => waiting.length > 0)
      waiting.shift()?.()
      await until(() => waiting.length > 0 || ended)
      return !ended
    },
  }
}

it('getting ready for audits does one piece of a dozen at a time, each once nobody wants anything', async () => {
  const [tensors, graphs] = [tf.memory().numTensors, native().getNumOfSavedModels()]
  const { answer, ended, quiet } = gettingReady()
  const made: number[] = []
  do {
    // while somebody is answered nothing is made, whatever time that takes
    const before = native().getNumOfSavedModels()
    await new Promise((resolve) => setImmediate(resolve))
    expect([native().getNumOfSavedModels(), ended()]).toEqual([before, false])
    made.push(before - graphs)
  } while (await quiet())
  expect(await answer).toBeNull()
  expect(made.length).toBeGreaterThan(10)
  // four graphs, none of them in the same piece as another
  expect(native().getNumOfSavedModels() - graphs).toBe(4)
  made.slice(1).forEach((count, i) => expect(count - (made[i] ?? NaN)).toBeLessThanOrEqual(1))
  expect(tf.memory().numTensors).toBe(tensors)

  // all is there by then: the second time it only asks for its models
  const again = gettingReady()
  let pieces = 1
  while (await again.quiet()) pieces++
  expect(pieces).toBeLessThan(made.length / 2)
  expect(native().getNumOfSavedModels() - graphs).toBe(4)
  compiler.dispose()
})

it.each([1, 4, 7])('can be called off before piece %i, and leaves no half-made thing behind', async (piece) => {
  const [tensors, graphs] = [tf.memory().numTensors, native().getNumOfSavedModels()]
  const abort = new AbortController()
  const { answer, quiet } = gettingReady({ signal: abort.signal })
  const refused = expect(answer).rejects.toMatchObject({ code: 'CANCELLED' })
  for (let i = 1; i < piece; i++) expect(await quiet()).toBe(true)
  abort.abort()
  expect(await quiet()).toBe(false)
  await refused
  compiler.dispose()
  expect([tf.memory().numTensors, native().getNumOfSavedModels()]).toEqual([tensors, graphs])
})

it('is done at once where nothing is made ahead', async () => {
  expect(await gettingReady({ by: EAGER }).answer).toBeNull()
})
