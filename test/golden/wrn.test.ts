import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { checkPastTies } from '../../main/engine/selfcheck'
import { checkWrn } from '../../main/engine/selfcheck/wrn'
import { goldenSets, loadGolden } from '../support/goldenSets'

const sets = goldenSets('wrn')

describe('the norm-free wide residual net equals the golden vectors', () => {
  it.each(sets)('%s', (_, path) => {
    const { tensors, json } = loadGolden(path)
    const before = tf.memory().numTensors
    const { deviations } = checkPastTies(checkWrn, tensors, json)
    expect(tf.memory().numTensors).toBe(before)
    expect(deviations.length).toBeGreaterThan(50)
    expect(deviations.filter((found) => !(found.deviation <= found.limit))).toEqual([])
    tf.dispose(tensors)
  })

  it('says so when one gain is off by a hundredth', () => {
    const [, path] = sets[0] ?? ['', '']
    const { tensors, json } = loadGolden(path)
    const name = 'net.stage1.block0.conv2.gain'
    const gain = tensors[name]
    if (!gain) throw new Error(`the set has no ${name}`)
    const wrong = checkWrn({ ...tensors, [name]: tf.mul(gain, 1.01) }, json)
    expect(wrong.filter((found) => !(found.deviation <= found.limit)).length).toBeGreaterThan(5)
    tf.dispose(tensors)
  })
})
