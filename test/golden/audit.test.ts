import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { checkPastTies } from '../../main/engine/selfcheck'
import { checkAudit } from '../../main/engine/selfcheck/audit'
import { goldenSets, loadGolden } from '../support/goldenSets'

const sets = goldenSets('audit')

describe('matching objectives equal the golden vectors', () => {
  it.each(sets)('%s', (_, path) => {
    const { tensors, json } = loadGolden(path)
    const before = tf.memory().numTensors
    const { deviations } = checkPastTies(checkAudit, tensors, json)
    expect(tf.memory().numTensors).toBe(before)
    expect(deviations.length).toBeGreaterThan(20)
    expect(deviations.filter((found) => !(found.deviation <= found.limit))).toEqual([])
    tf.dispose(tensors)
  })

  it('says so when a weight is off by a hundredth', () => {
    const path = sets.find(([set]) => set.includes('gradient'))?.[1] ?? ''
    const { tensors, json } = loadGolden(path)
    const weight = tensors['clf.conv2.weight']
    if (!weight) throw new Error('the set has no conv2')
    const wrong = checkAudit({ ...tensors, 'clf.conv2.weight': tf.mul(weight, 1.01) }, json)
    expect(wrong.filter((found) => !(found.deviation <= found.limit)).length).toBeGreaterThan(5)
  })
})
