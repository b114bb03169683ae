import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Trainer } from '../../../main/engine/optim'
import { disposeParams, type Params } from '../../../main/engine/tensor'

const settings = {
  schedule: { rate: 0.1, warmUp: 0, steps: 50, floor: 1 },
  weightDecay: 0,
  clip: 100,
  averageDecay: 0.5,
}

describe('a trainer', () => {
  let before: number
  let params: Params
  let goal: tf.Tensor1D
  beforeEach(() => {
    before = tf.memory().numTensors
    params = { 'a.weight': tf.tensor2d([[3, -2]]), 'a.bias': tf.tensor1d([1]) }
    goal = tf.tensor1d([1, 1, 1])
  })
  afterEach(() => {
    disposeParams(params)
    goal.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  /** Squared distance of all weights from a goal [3]. */
  const distanceOf = (trainer: Trainer) => (weights: tf.Tensor1D, to: tf.Tensor1D) =>
    trainer.valueAndGradient((named) => {
      const all = tf.concat1d(Object.values(named).map((tensor) => tf.reshape(tensor, [-1])))
      return tf.sum(tf.squaredDifference(all, to)) as tf.Scalar
    }, weights)
  const weightsOf = (trainer: Trainer) => [...trainer.state.weights.dataSync()]

  it('goes down, tells the loss before the step, averages, and holds no more tensors after a step than before it', () => {
    const trainer = new Trainer(params, settings)
    const held = tf.memory().numTensors
    const losses = Array.from({ length: 50 }, () => trainer.step(distanceOf(trainer), [goal]).figures[0] ?? NaN)
    expect(tf.memory().numTensors).toBe(held)
    expect(losses[0]).toBe(13)
    expect(losses.at(-1)).toBeLessThan(0.5)
    const averaged = trainer.averaged()
    expect(Object.entries(averaged).map(([name, { shape }]) => [name, shape])).toEqual([
      ['a.weight', [1, 2]],
      ['a.bias', [1]],
    ])
    disposeParams(averaged)
    trainer.dispose()
  })

  it('lets only those weights decay whose names end as told; all where nothing is told', () => {
    const decaying = { ...settings, weightDecay: 1 }
    const stepped = (endings?: readonly string[]) => {
      const trainer = new Trainer(params, decaying, endings)
      const still = (weights: tf.Tensor1D) => [tf.scalar(0), tf.zerosLike(weights)] as [tf.Scalar, tf.Tensor1D]
      trainer.step(still, [])
      const weights = weightsOf(trainer).map((weight) => Number(weight.toFixed(5)))
      trainer.dispose()
      return weights
    }
    expect(stepped(['.weight'])).toEqual([2.7, -1.8, 1])
    expect(stepped()).toEqual([2.7, -1.8, 0.9])
  })

  it('leaves out a step whose loss is not finite, and goes on from a state that it is given', () => {
    const trainer = new Trainer(params, settings)
    const nowhere = tf.tensor1d([NaN, 1, 1])
    expect(trainer.step(distanceOf(trainer), [nowhere])).toMatchObject({ taken: false })
    expect(weightsOf(trainer)).toEqual([3, -2, 1])
    expect(trainer.state).toMatchObject({ step: 1, skipped: 1 })
    const { weights, average, adam } = trainer.state
    const kept = { first: tf.clone(adam.first), second: tf.clone(adam.second), steps: 4 }
    trainer.restore({ weights: tf.add(weights, 1), average: tf.clone(average), adam: kept, step: 9, skipped: 2 })
    expect(weightsOf(trainer)).toEqual([4, -1, 2])
    expect(trainer.state).toMatchObject({ step: 9, skipped: 2 })
    nowhere.dispose()
    trainer.dispose()
  })
})
