import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterEach, expect, it, vi } from 'vitest'
import { BUNDLED_CLASSIFIER, BUNDLED_FLOW, type EngineMethod, type EngineParams } from '../../../contract'
import { bundledEngine } from '../../support/bundledEngine'

const engine = bundledEngine()
const picture = Uint8Array.from({ length: 128 * 128 }, (_, i) => 60 + (i % 128))
const one = { pictures: picture, count: 1 }
const models = { model: BUNDLED_CLASSIFIER, flow: BUNDLED_FLOW }
afterEach(() => void vi.restoreAllMocks())

/** From the so-many-th on, operations fail, as where memory ends. */
function failAfter(operations: number): void {
  const own = tf.engine()
  const run = own.runKernel.bind(own)
  let done = 0
  vi.spyOn(own, 'runKernel').mockImplementation((...given) => {
    if (done++ >= operations) throw new Error('out of memory')
    return run(...given)
  })
}

async function broken<M extends EngineMethod>(method: M, params: EngineParams<M>): Promise<void> {
  await engine.call(method, params)
  const before = tf.memory().numTensors
  for (const operations of [0, 1, 3, 10, 40]) {
    failAfter(operations)
    await expect(engine.call(method, params), `${method} after ${operations}`).rejects.toThrow('out of memory')
    vi.restoreAllMocks()
    expect(tf.memory().numTensors, `${method} after ${operations}`).toBe(before)
  }
}

it('a call that fails midway leaves no tensors behind, and the next is answered', async () => {
  await broken('classify', { model: BUNDLED_CLASSIFIER, ...one })
  await broken('bits', { flow: BUNDLED_FLOW, ...one, noiseDraws: 2 })
  await broken('instant', { ...models, picture })
  const { rows } = await engine.call('classify', { model: BUNDLED_CLASSIFIER, ...one })
  expect(rows).toHaveLength(1)
})
