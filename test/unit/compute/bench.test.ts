import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import type { HandlerCall } from '../../../main/adapters/compute/handler'
import { bench } from '../../../main/adapters/compute/handlers/bench'

const native = () => tf.backend() as unknown as { getNumOfSavedModels(): number }
const held = () => [tf.memory().numTensors, native().getNumOfSavedModels()]

it.each(['bits_nograd', 'inverse_nograd'])(
  'a bench that is cancelled after %s leaves neither tensors nor graphs behind',
  async (last) => {
    await tf.ready()
    const before = held()
    const abort = new AbortController()
    const call: Partial<HandlerCall<'bench'>> = {
      backend: { name: 'tensorflow', threads: 1, versions: {}, refused: [] },
      compiler: createGraphCompiler({ note: (message) => expect.unreachable(message) }),
      signal: abort.signal,
      emit: ({ row }) => {
        if (row['op'] === last) abort.abort()
      },
    }
    const cancelled = bench({ configs: ['P3'], batches: [1], runs: 1 }, call as HandlerCall<'bench'>)
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(held()).toEqual(before)
  },
)
