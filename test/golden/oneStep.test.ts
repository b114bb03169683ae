import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { goldenChecks, topicOf } from '../../main/engine/selfcheck'
import { checkOneStep } from '../../main/engine/selfcheck/oneStep'
import { goldenSets, loadGolden } from '../support/goldenSets'

const sets = goldenSets('one-step')

describe('the unrolled classifier step equals the golden vectors', () => {
  it.each(sets)('%s', (set, path) => {
    const { tensors, json } = loadGolden(path)
    const before = tf.memory().numTensors
    const deviations = checkOneStep(tensors, json)
    expect(tf.memory().numTensors).toBe(before)
    expect(deviations.length).toBeGreaterThan(30)
    expect(deviations.filter((found) => !(found.deviation <= found.limit))).toEqual([])
    expect(goldenChecks[topicOf(set)]).toBe(checkOneStep)
    tf.dispose(tensors)
  })

  it('says so when the running moments are off by a hundredth', () => {
    const path = sets.find(([name]) => name === 'one-step-warm-large-lr')?.[1] ?? ''
    const { tensors, json } = loadGolden(path)
    const name = 'state.exp_avg_sq.conv2.weight'
    const moment = tensors[name]
    if (!moment) throw new Error(`the set has no ${name}`)
    const wrong = checkOneStep({ ...tensors, [name]: tf.mul(moment, 1.01) }, json)
    expect(wrong.filter((found) => !(found.deviation <= found.limit)).map(({ worst }) => worst)).toEqual(
      expect.arrayContaining(['delta.conv2.weight', 'grad.original']),
    )
  })
})
