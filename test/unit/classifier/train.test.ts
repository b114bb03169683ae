import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { chestClassifier, ClassifierTrainer, mixUp, symmetricBeta, type Example } from '../../../main/engine/classifier'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams, EAGER, type Compiler } from '../../../main/engine/tensor'
import { savedModels } from '../../support/savedModels'

const net = chestClassifier({ size: 16, channels: 1, width: 4, blocks: [1], activation: 'elu', heads: ['bright'] })
const options = {
  schedule: { rate: 1e-2, warmUp: 5, steps: 60, floor: 0.1 },
  weightDecay: 0.01,
  clip: 5,
  averageDecay: 0.9,
}

/** Noise with or without a bright patch: learnable in a few steps. */
function batch(step: number): Example[] {
  const rng = seededRng(100 + step)
  return Array.from({ length: 16 }, () => {
    const bright = rng.uniform() < 0.5
    const pixels = rng.normalArray(256).map((v, i) => 0.4 + 0.1 * v + (bright && i % 16 > 9 && i > 160 ? 0.3 : 0))
    return { pixels, targets: Float32Array.of(bright ? 1 : 0), weights: Float32Array.of(1) }
  })
}

function begin(compiler: Compiler = EAGER) {
  const params = net.init(seededRng(1))
  const trainer = new ClassifierTrainer(net, { ...options, compiler }, params)
  disposeParams(params)
  return trainer
}

describe('training a classifier', () => {
  it('lowers the loss on a small problem', () => {
    const trainer = begin()
    const losses = Array.from({ length: 60 }, (_, step) => trainer.step(batch(step)).loss)
    const mean = (part: number[]) => part.reduce((a, b) => a + b) / part.length
    expect(mean(losses.slice(0, 5))).toBeGreaterThan(0.55)
    expect(mean(losses.slice(-10))).toBeLessThan(0.2)
    trainer.dispose()
  })

  it('gives the same weights twice', () => {
    const run = () => {
      const trainer = begin()
      for (let step = 0; step < 3; step++) trainer.step(batch(step))
      const weights = [...trainer.state.weights.dataSync()]
      trainer.dispose()
      return weights
    }
    expect(run()).toEqual(run())
  })

  it('takes the same steps as a graph, of which nothing is left', () => {
    const compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
    const run = (by: Compiler) => {
      const trainer = begin(by)
      const told = Array.from({ length: 6 }, (_, step) => trainer.step(batch(step)))
      const weights = [...trainer.state.weights.dataSync()]
      trainer.dispose()
      return { told, weights }
    }
    const before = tf.memory().numTensors
    const [expected, found, again] = [run(EAGER), run(compiler), run(compiler)]
    found.told.forEach(({ loss, gradientNorm }, step) => {
      expect(loss).toBeCloseTo(expected.told[step]?.loss ?? NaN, 4)
      expect(gradientNorm / (expected.told[step]?.gradientNorm ?? NaN)).toBeCloseTo(1, 3)
    })
    found.weights.forEach((weight, i) => expect(weight).toBeCloseTo(expected.weights[i] ?? NaN, 3))
    expect(again).toEqual(found)
    expect(savedModels()).toBe(0)
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each([
    ['operation by operation', EAGER],
    ['as a graph', createGraphCompiler({ note: (message) => expect.unreachable(message) })],
  ])('leaves out a step that is not finite, and says so, %s', (_, compiler) => {
    const trainer = begin(compiler)
    const before = [...trainer.state.weights.dataSync()]
    const spoiled = batch(0).map((example) => ({ ...example, pixels: example.pixels.map(() => NaN) }))
    const { loss, taken } = trainer.step(spoiled)
    expect(loss).toBeNaN()
    expect(taken).toBe(false)
    expect([...trainer.state.weights.dataSync()]).toEqual(before)
    expect(trainer.state).toMatchObject({ step: 1, skipped: 1 })
    trainer.dispose()
  })

  it('keeps the number of tensors', () => {
    const empty = tf.memory().numTensors
    const trainer = begin()
    const before = tf.memory().numTensors
    trainer.step(batch(0))
    disposeParams(trainer.averaged())
    expect(tf.memory().numTensors).toBe(before)
    trainer.dispose()
    expect(tf.memory().numTensors).toBe(empty)
  })
})

describe('mix-up', () => {
  const one = { pixels: Float32Array.of(1, 0), targets: Float32Array.of(1, 0.5), weights: Float32Array.of(1, 0) }
  const other = { pixels: Float32Array.of(0, 1), targets: Float32Array.of(0, 1), weights: Float32Array.of(1, 0.2) }

  it('mixes pixels and known targets, and leaves a target alone where only one is known', () => {
    const mixed = mixUp(one, other, 0.75)
    expect([...mixed.pixels]).toEqual([0.75, 0.25])
    expect(mixed.targets[0]).toBeCloseTo(0.75)
    expect(mixed.targets[1]).toBeCloseTo(1)
    expect(mixed.weights[1]).toBeCloseTo(0.05)
  })

  it('draws shares with the mean and variance of Beta(α, α)', () => {
    const rng = seededRng(3)
    const drawn = Array.from({ length: 20_000 }, () => symmetricBeta(rng, 0.3))
    const mean = drawn.reduce((a, b) => a + b) / drawn.length
    const variance = drawn.reduce((sum, v) => sum + (v - mean) ** 2, 0) / drawn.length
    expect(mean).toBeCloseTo(0.5, 1)
    expect(variance).toBeCloseTo(1 / (4 * (2 * 0.3 + 1)), 2)
  })
})
