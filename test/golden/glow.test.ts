import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../main/adapters/compute/graph'
import { checkPastTies } from '../../main/engine/selfcheck'
import { checkGlow } from '../../main/engine/selfcheck/glow'
import { goldenSets, loadGolden } from '../support/goldenSets'

const sets = goldenSets('glow')

describe('the flow equals the golden vectors', () => {
  it.each(sets)('%s', (_, path) => {
    const { tensors, json } = loadGolden(path)
    const before = tf.memory().numTensors
    const { deviations } = checkPastTies(checkGlow, tensors, json)
    expect(tf.memory().numTensors).toBe(before)
    expect(deviations.length).toBeGreaterThan(20)
    expect(deviations.filter((found) => !(found.deviation <= found.limit))).toEqual([])
    tf.dispose(tensors)
  })

  it('also as graphs, where the product runs graphs', () => {
    const { tensors, json } = loadGolden(sets.find(([name]) => name === 'glow-affine-tiny')?.[1] ?? '')
    const compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
    const before = tf.memory().numTensors
    const asGraphs = checkGlow(tensors, json, compiler).filter(({ worst }) => worst.endsWith('(graph)'))
    expect(tf.memory().numTensors).toBe(before)
    expect(asGraphs).toHaveLength(3)
    expect(asGraphs.filter((found) => !(found.deviation <= found.limit))).toEqual([])
    tf.dispose(tensors)
  })

  it('says so when one weight is off by a hundredth', () => {
    const path = sets.find(([name]) => name === 'glow-affine-tiny')?.[1] ?? ''
    const { tensors, json } = loadGolden(path)
    const name = 'level0.step1.coupling.conv2.weight'
    const weight = tensors[name]
    if (!weight) throw new Error(`the set has no ${name}`)
    const wrong = checkGlow({ ...tensors, [name]: tf.mul(weight, 1.01) }, json)
    expect(wrong.filter((found) => !(found.deviation <= found.limit)).length).toBeGreaterThan(5)
  })

  it('does not take a wrong weight for a ReLU at zero', () => {
    const path = sets.find(([name]) => name === 'glow-affine-tiny')?.[1] ?? ''
    const { tensors, json } = loadGolden(path)
    const name = 'level0.step1.coupling.conv1.weight'
    const weight = tensors[name]
    if (!weight) throw new Error(`the set has no ${name}`)
    const before = tf.memory().numTensors
    const { deviations } = checkPastTies(checkGlow, { ...tensors, [name]: tf.mul(weight, 1.001) }, json)
    expect(tf.memory().numTensors).toBe(before + 1)
    expect(deviations.filter((found) => !(found.deviation <= found.limit)).length).toBeGreaterThan(0)
  })
})
