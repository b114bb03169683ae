import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOISE_WIDTH } from '../../main/engine/flow'
import { CounterpartTrainer, instantCounterpart, type CounterpartTraining } from '../../main/engine/instant'
import { seededRng } from '../../main/engine/rng'
import { simplifierNet } from '../../main/engine/simplify'
import { disposeParams } from '../../main/engine/tensor'
import { TINY_SIZE, tinyAudit } from '../support/tinyAudit'

const STEPS = 40
const training: CounterpartTraining = {
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
    const trainer = new CounterpartTrainer({ net, ...dependencies }, training, initial)
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
})
