import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { expect, it } from 'vitest'
import { activate, GAMMA } from '../../../main/engine/classifier/activation'
import { sigmoidCrossEntropy, softmaxCrossEntropy } from '../../../main/engine/classifier/crossEntropy'

const valueOf = (scalar: tf.Scalar) => scalar.dataSync()[0]

it.each(['relu', 'elu'] as const)('γ brings %s of standard normal values back to variance 1', (activation) => {
  // midpoint rule over ±8 standard deviations
  const count = 16_000
  const [places, densities] = [new Float32Array(count), new Float64Array(count)]
  for (let i = 0; i < count; i++) {
    const at = -8 + (16 * (i + 0.5)) / count
    places[i] = at
    densities[i] = (Math.exp(-(at ** 2) / 2) / Math.sqrt(2 * Math.PI)) * (16 / count)
  }
  const values = tf.tidy(() => activate(tf.tensor4d(places, [1, 1, count, 1]), activation).dataSync())
  const mean = densities.reduce((sum, density, i) => sum + density * (values[i] ?? NaN), 0)
  const variance = densities.reduce((sum, density, i) => sum + density * ((values[i] ?? NaN) - mean) ** 2, 0)
  expect(GAMMA[activation] ** 2 * variance).toBeCloseTo(1, 2)
})

it('independent heads: the mean over what is known, by probabilities', () => {
  tf.tidy(() => {
    const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit))
    const [logits, targets, weights] = [
      [2, -1, 0.5, 3],
      [1, 0, 0.25, 1],
      [1, 2, 0.5, 0],
    ] as const
    const losses = logits.map((logit, i) => {
      const [p, t] = [sigmoid(logit), targets[i] ?? NaN]
      return -(t * Math.log(p) + (1 - t) * Math.log(1 - p)) * (weights[i] ?? NaN)
    })
    const expected = losses.reduce((sum, loss) => sum + loss, 0) / 3.5
    const tensor = (values: readonly number[]) => tf.tensor2d([...values], [2, 2])
    expect(valueOf(sigmoidCrossEntropy(tensor(logits), tensor(targets), tensor(weights)))).toBeCloseTo(expected, 6)
    // nothing known, nothing learned
    expect(valueOf(sigmoidCrossEntropy(tensor(logits), tensor(targets), tf.zeros([2, 2])))).toBe(0)
  })
})

it('classes: the mean over examples of −log p of the target', () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([
      [Math.log(1), Math.log(3)],
      [Math.log(4), Math.log(1)],
    ])
    const targets = tf.tensor2d([
      [0, 1],
      [0.5, 0.5],
    ])
    const expected = -(Math.log(3 / 4) + (Math.log(4 / 5) + Math.log(1 / 5)) / 2) / 2
    expect(valueOf(softmaxCrossEntropy(logits, targets))).toBeCloseTo(expected, 6)
  })
})
