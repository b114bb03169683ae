import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import {
  bits,
  foldFlow,
  growFlow,
  initFlow,
  initialiseNewActnorms,
  NOISE_WIDTH,
  toFlowRange,
  type FlowConfig,
} from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams, type Params } from '../../../main/engine/tensor'
import { randomFlowParams } from '../../support/randomFlow'

const small: FlowConfig = { size: 8, channels: 1, levels: 2, steps: [3, 2], hidden: [6, 5], coupling: 'affine' }

function batch(seed: number): { x: tf.Tensor4D; noise: tf.Tensor4D } {
  const rng = seededRng(seed)
  const of = (values: Float32Array) => tf.tensor4d(values, [6, 8, 8, 1])
  return {
    x: of(Float32Array.from({ length: 384 }, () => rng.integer(256) / 255)),
    noise: of(rng.uniformArray(384).map((u) => u * NOISE_WIDTH)),
  }
}

function bitsOf(config: FlowConfig, params: Params): number[] {
  return tf.tidy(() => {
    const { x, noise } = batch(5)
    return Array.from(bits(foldFlow(config, params), x, noise).dataSync())
  })
}

/** Grown, with the new actnorms set from a batch. */
function grown(from: FlowConfig, to: FlowConfig, params: Params): Params {
  const larger = growFlow(from, to, { params, rng: seededRng(8) })
  return tf.tidy(() => {
    const { x, noise } = batch(6)
    return initialiseNewActnorms(to, larger, toFlowRange(x, noise))
  })
}

describe('a flow that grows', () => {
  it.each<[string, Partial<FlowConfig>]>([
    ['deeper', { steps: [5, 4] }],
    ['wider', { hidden: [9, 8] }],
    ['deeper and wider', { steps: [6, 2], hidden: [6, 11] }],
    ['deeper, additive', { steps: [4, 3], coupling: 'additive' }],
  ])('computes at first what it computed: %s', (_, change) => {
    const from = { ...small, coupling: change.coupling ?? small.coupling }
    const to = { ...from, ...change }
    const params = randomFlowParams(from, 1)
    const larger = grown(from, to, params)
    expect(Object.keys(larger).sort()).toEqual(Object.keys(initFlow(to, seededRng(1))).sort())
    const was = bitsOf(from, params)
    for (const [i, value] of bitsOf(to, larger).entries()) expect(value / (was[i] ?? NaN)).toBeCloseTo(1, 5)
  })

  it('hears with what is new as loudly as with what it had: actnorms of mean 0 and deviation 1', () => {
    const to: FlowConfig = { ...small, steps: [6, 2], hidden: [9, 5] }
    const larger = growFlow(small, to, { params: randomFlowParams(small, 1), rng: seededRng(8) })
    const { x, noise } = batch(6)
    const g = toFlowRange(x, noise)
    const started = initialiseNewActnorms(to, larger, g)
    const all = initialiseNewActnorms(to, { ...larger, known: {} }, g)
    // the first new coupling hears what step 0 of the small flow hears: only there nothing before it has been set anew
    const values = (params: Params, part: string) =>
      Array.from(params[`level0.step0.coupling.actnorm1.${part}`]?.dataSync() ?? [])
    const again = initialiseNewActnorms(to, { params: started, known: larger.known }, g)
    for (const part of ['bias', 'logs']) {
      expect(values(started, part)).toHaveLength(9)
      expect(values(started, part).every((value) => value !== 0)).toBe(true)
      expect(values(again, part)).toEqual(values(started, part))
      expect(values(all, part)).not.toEqual(values(started, part))
    }
  })

  it('refuses to shrink, and to more than double its steps', () => {
    const params = randomFlowParams(small, 1)
    for (const change of [{ steps: [2, 2] }, { steps: [7, 2] }, { hidden: [6, 4] }, { coupling: 'additive' as const }])
      expect(() => growFlow(small, { ...small, ...change }, { params, rng: seededRng(8) })).toThrow(RangeError)
    disposeParams(params)
  })

  it('leaks nothing', () => {
    const params = randomFlowParams(small, 1)
    const before = tf.memory().numTensors
    disposeParams(growFlow(small, { ...small, steps: [4, 4] }, { params, rng: seededRng(8) }).params)
    expect(() => growFlow(small, { ...small, steps: 1 }, { params, rng: seededRng(8) })).toThrow(RangeError)
    expect(tf.memory().numTensors).toBe(before)
  })
})
