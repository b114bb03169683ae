import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { bitsOf } from '../../../main/adapters/training/experiment/measure'
import { CHUNK } from '../../../main/adapters/training/experiment/pictures'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { disposeFlow, prepareFlow } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams, EAGER } from '../../../main/engine/tensor'
import { randomFlowParams } from '../../support/randomFlow'
import { savedModels } from '../../support/savedModels'

const SIZE = 8
const FLOW = { size: SIZE, channels: 1, levels: 2, steps: 1, hidden: 8, coupling: 'affine' } as const

describe('bits of a set', () => {
  it('are the eager ones, and take one graph for all chunks of full size', () => {
    const params = randomFlowParams(FLOW, 3)
    const flow = prepareFlow(FLOW, params)
    disposeParams(params)
    const compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
    const count = 2 * CHUNK + 5
    const pictures = Uint8Array.from(seededRng(1).uniformArray(count * SIZE ** 2), (value) => 255 * value)
    const set = { size: SIZE, channels: 1 as const, count, pictures, labels: new Uint8Array(count) }
    const before = tf.memory().numTensors
    const [expected, found] = [EAGER, compiler].map((by) => bitsOf({ flow, compiler: by }, set))
    expect(savedModels()).toBe(1)
    expect(found?.each).toHaveLength(count)
    found?.each.forEach((bits, i) => expect(bits / (expected?.each[i] ?? NaN)).toBeCloseTo(1, 5))
    expect(found?.each.slice(-5)).toEqual(expected?.each.slice(-5))
    expect((found?.left ?? NaN) / (expected?.left ?? NaN)).toBeCloseTo(1, 5)
    compiler.release(flow)
    expect(savedModels()).toBe(0)
    expect(tf.memory().numTensors).toBe(before)
    disposeFlow(flow)
  })
})
