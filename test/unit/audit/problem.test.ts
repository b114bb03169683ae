import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareProblem } from '../../../main/engine/audit'
import type { MatchingObjective } from '../../../main/engine/audit/objectives'
import { matchingObjective } from '../../../main/engine/audit/presets'
import { seededRng } from '../../../main/engine/rng'
import { TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
beforeAll(() => (tiny = tinyAudit()))
afterAll(() => tiny.dispose())

describe('a film made ready for an audit', () => {
  const ready = (changes: { keep?: Uint8Array; objective?: MatchingObjective }) =>
    prepareProblem({
      ...tiny.dependencies,
      ...{ filmLevels: tiny.picture, objective: matchingObjective('activation'), noiseDraws: 2, rng: seededRng(1) },
      ...changes,
    })

  it('leaves no tensors behind, ended or refused', () => {
    const before = tf.memory().numTensors
    ready({}).dispose()
    ready({ keep: new Uint8Array(TINY_SIZE ** 2).fill(1) }).dispose()
    expect(tf.memory().numTensors).toBe(before)
    // a mask of another size, and a network that cannot be matched
    expect(() => ready({ keep: new Uint8Array(3) })).toThrow('The mask has 3 pixels')
    expect(tf.memory().numTensors).toBe(before)
    const unfit: MatchingObjective = {
      name: 'activation',
      prepare: () => {
        throw new Error('no gradient')
      },
    }
    expect(() => ready({ objective: unfit })).toThrow('no gradient')
    expect(tf.memory().numTensors).toBe(before)
  })

  it('is drawn the noises of the figures first, then those of the search, each within a grey level', () => {
    const problem = ready({})
    const drawn = seededRng(1).uniformArray(4 * TINY_SIZE ** 2)
    const noises = [...problem.noises.dataSync(), ...problem.searchNoises.dataSync()]
    problem.dispose()
    noises.forEach((noise, i) => expect(noise).toBeCloseTo((drawn[i] ?? NaN) / 256, 8))
  })
})
