import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { checkCondensation } from '../../main/engine/selfcheck/condensation'
import { goldenSets, loadGolden } from '../support/goldenSets'

const sets = goldenSets('condensation')

describe('condensation equals the golden vectors', () => {
  it.each(sets)('%s', (_, path) => {
    const { tensors, json } = loadGolden(path)
    const before = tf.memory().numTensors
    const deviations = checkCondensation(tensors, json)
    expect(tf.memory().numTensors).toBe(before)
    expect(deviations.length).toBeGreaterThan(70)
    expect(deviations.filter((found) => !(found.deviation <= found.limit))).toEqual([])
    tf.dispose(tensors)
  })

  it('says so when one kernel is off by a hundredth', () => {
    const [, path] = sets[0] ?? ['', '']
    const { tensors, json } = loadGolden(path)
    const name = 'net.block1.conv.weight'
    const kernel = tensors[name]
    if (!kernel) throw new Error(`the set has no ${name}`)
    const shift = tf.mul(kernel, tf.linspace(0.99, 1.01, kernel.shape[1] ?? 1).reshape([1, -1, 1, 1]))
    const wrong = checkCondensation({ ...tensors, [name]: shift }, json)
    expect(wrong.filter((found) => !(found.deviation <= found.limit)).length).toBeGreaterThan(5)
    tf.dispose([shift, ...Object.values(tensors)])
  })
})
