import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { NOISE_WIDTH } from '../../../main/engine/flow'
import { EstimateTrainer, instantCounterpart } from '../../../main/engine/instant'
import type { EstimateTraining } from '../../../main/engine/instant/train'
import { seededRng } from '../../../main/engine/rng'
import { simplifierNet } from '../../../main/engine/simplify'
import { disposeParams, EAGER, type Compiler } from '../../../main/engine/tensor'
import { TINY_SIZE, tinyAudit } from '../../support/tinyAudit'
import { savedModels } from '../../support/savedModels'

const STEPS = 40
const training: EstimateTraining = {
  schedule: { rate: 0.01, warmUp: 5, steps: STEPS, floor: 0.1 },
  clip: 5,
  averageDecay: 0.9,
  pressure: 2,
  pressureRise: 5,
  klWeight: 10,
}

describe('a simplifier trained on the objective of an audit', () => {
  let tiny: ReturnType<typeof tinyAudit>
  beforeAll(() => (tiny = tinyAudit()))
  afterAll(() => tiny.dispose())

  it('begins as the identity and learns to give fewer bits, leaving no tensors behind', () => {
    const { dependencies, picture } = tiny
    const before = tf.memory().numTensors
    const net = simplifierNet({ size: TINY_SIZE, channels: 1, width: 4 })
    const initial = net.init(seededRng(3))
    const trainer = new EstimateTrainer({ net, ...dependencies }, training, initial)
    const film = tf.tensor4d(
      Float32Array.from(picture, (level) => level / 255),
      [1, TINY_SIZE, TINY_SIZE, 1],
    )
    const first = instantCounterpart({ net, params: initial, ...dependencies }, film, 2)
    expect(first.levels).toEqual(picture)

    const noise = tf.tensor4d(
      seededRng(1)
        .uniformArray(film.size)
        .map((u) => u * NOISE_WIDTH),
      film.shape,
    )
    for (let step = 0; step < STEPS; step++) expect(trainer.step({ x: film, noise }).taken).toBe(true)
    const averaged = trainer.averaged()
    const last = instantCounterpart({ net, params: averaged, ...dependencies }, film, 2)
    expect(last.bits).toBeLessThan(0.98 * first.bits)
    expect(last.map.reduce((sum, bits) => sum + bits, 0) / last.bits).toBeCloseTo(1, 4)

    trainer.dispose()
    disposeParams(averaged)
    disposeParams(initial)
    tf.dispose([film, noise])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('takes the same steps as a graph, of which nothing is left', () => {
    const { dependencies, picture } = tiny
    const net = simplifierNet({ size: TINY_SIZE, channels: 1, width: 4 })
    const compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
    const film = Float32Array.from(picture, (level) => level / 255)
    const batch = (step: number) => {
      const shape: [number, number, number, number] = [2, TINY_SIZE, TINY_SIZE, 1]
      const noise = seededRng(step).uniformArray(2 * film.length)
      const other = film.map((value) => Math.max(0, value - 0.02 * step))
      return {
        x: tf.tensor4d(Float32Array.from([...film, ...other]), shape),
        noise: tf.tensor4d(
          noise.map((u) => u * NOISE_WIDTH),
          shape,
        ),
      }
    }
    const run = (by: Compiler) => {
      const initial = net.init(seededRng(3))
      const trainer = new EstimateTrainer({ net, ...dependencies }, { ...training, compiler: by }, initial)
      const reports = Array.from({ length: 8 }, (_, step) => {
        const given = batch(step)
        const report = trainer.step(given)
        tf.dispose([given.x, given.noise])
        return report
      })
      const weights = [...trainer.state.weights.dataSync()]
      trainer.dispose()
      disposeParams(initial)
      return { reports, weights }
    }
    const before = tf.memory().numTensors
    const [expected, found, again] = [run(EAGER), run(compiler), run(compiler)]
    found.reports.forEach((report, step) => {
      const eager = expected.reports[step]
      expect(report.taken).toBe(true)
      for (const figure of ['loss', 'bpd', 'distance', 'kl'] as const)
        expect(report[figure], `${figure} of step ${step}`).toBeCloseTo(eager?.[figure] ?? NaN, 3)
    })
    expect(again).toEqual(found)
    expect(savedModels()).toBe(0)
    expect(tf.memory().numTensors).toBe(before)
  })
})
