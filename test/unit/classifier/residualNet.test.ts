import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { auditedClassifier, inputGradients } from '../../../main/engine/audit'
import { chestClassifier, standardise } from '../../../main/engine/classifier'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams, type Params } from '../../../main/engine/tensor'

const tiny = {
  size: 16,
  channels: 1,
  width: 4,
  blocks: [1, 2],
  activation: 'elu',
  heads: ['Effusion', 'Other'],
} as const
const net = chestClassifier(tiny)

function numbers(length: number, seed: number): Float32Array {
  return seededRng(seed).normalArray(length)
}

describe('scaled weight standardisation', () => {
  const weight = () => tf.tensor4d(numbers(3 * 3 * 2 * 5, 1), [3, 3, 2, 5])
  const gain = () => tf.tensor1d(numbers(5, 2))

  it('is gain · (W − mean) / (std + 1e-5) / √fan_in', () => {
    const w = weight()
    const g = gain()
    const found = standardise(w, g).dataSync()
    const values = w.dataSync()
    for (let out = 0; out < 5; out++) {
      const column = Array.from({ length: 18 }, (_, i) => values[i * 5 + out] ?? 0)
      const mean = column.reduce((a, b) => a + b) / 18
      const std = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 18)
      column.forEach((value, i) => {
        const expected = ((g.dataSync()[out] ?? 0) * (value - mean)) / (std + 1e-5) / Math.sqrt(18)
        expect(found[i * 5 + out]).toBeCloseTo(expected, 5)
      })
    }
  })

  it('has the gradient of plain autodiff', () => {
    const cotangent = tf.tensor4d(numbers(90, 3), [3, 3, 2, 5])
    const plain = (w: tf.Tensor, g: tf.Tensor) => {
      const centred = tf.sub(w, tf.mean(w, [0, 1, 2], true))
      const std = tf.sqrt(tf.mean(tf.square(centred), [0, 1, 2], true))
      return tf.mul(tf.div(centred, tf.mul(tf.add(std, 1e-5), Math.sqrt(18))), g)
    }
    const against = (f: (w: tf.Tensor, g: tf.Tensor) => tf.Tensor) =>
      tf.grads((w: tf.Tensor, g: tf.Tensor) => tf.sum(tf.mul(f(w, g), cotangent)))([weight(), gain()])
    const own = against(standardise)
    against(plain).forEach((expected, i) => {
      const difference = tf.norm(tf.sub(own[i] ?? expected, expected)).dataSync()[0] ?? NaN
      expect(difference / (tf.norm(expected).dataSync()[0] ?? NaN)).toBeLessThan(1e-5)
      expect(own[i]?.shape).toEqual(expected.shape)
    })
  })
})

describe('the film classifier', () => {
  const x = tf.tensor4d(
    numbers(2 * 256, 4).map((v) => 0.5 + 0.2 * v),
    [2, 16, 16, 1],
  )
  const params = net.init(seededRng(5))
  const frozen = net.freeze(params)

  it('gives one logit a head, the same from the same seed, another from another', () => {
    const again = net.init(seededRng(5))
    const other = net.init(seededRng(6))
    const first = [...net.forward(frozen, x).dataSync()]
    expect(net.forward(frozen, x).shape).toEqual([2, 2])
    expect([...net.forward(net.freeze(again), x).dataSync()]).toEqual(first)
    expect([...net.forward(net.freeze(other), x).dataSync()]).not.toEqual(first)
  })

  it('names every weight and counts it', () => {
    const counted = net.layers.reduce((sum, layer) => sum + layer.paramCount, 0)
    const held = Object.values(params).reduce((sum, tensor) => sum + tensor.size, 0)
    expect(counted).toBe(held)
    expect(net.layers.map((layer) => layer.name)).toEqual([
      'stem.conv1',
      'stem.conv2',
      'stage0.block0.conv1',
      'stage0.block0.conv2',
      'stage1.block0.conv1',
      'stage1.block0.conv2',
      'stage1.block0.shortcut',
      'stage1.block1.conv1',
      'stage1.block1.conv2',
      'head',
    ])
  })

  it('tells what enters each layer', () => {
    const { logits, inputs } = net.forwardWithInputs(frozen, x)
    expect(Object.keys(inputs).sort()).toEqual(net.layers.map((layer) => layer.name).sort())
    for (const layer of net.layers) expect(inputs[layer.name]?.shape).toEqual([2, ...layer.inputShape])
    const head = inputs['head'] as tf.Tensor2D
    const redone = tf.add(tf.matMul(head, frozen['head.kernel'] as tf.Tensor2D), frozen['head.bias'] as tf.Tensor1D)
    expect(tf.max(tf.abs(tf.sub(redone, logits))).dataSync()[0]).toBeLessThan(1e-6)
  })

  it('gives gradients at the layers’ inputs that agree with finite differences', () => {
    const network = auditedClassifier(net, frozen, { calibration: { temperature: 0.5, bias: 0.2 }, threshold: 0.4 })
    const { logits, inputs, gradients } = inputGradients(network, x)
    const decided = tf.greaterEqual(tf.slice2d(logits, [0, 1], [-1, 1]), network.boundary)
    const yes = tf.sigmoid(tf.slice2d(logits, [0, 1], [-1, 1]))
    const upstream = tf.sub(decided, tf.mul(tf.add(yes, 0.5), 0.5))
    expect(gradients).toHaveLength(net.layers.length)
    gradients.forEach((gradient, layer) => {
      const direction = tf.tensor(numbers(gradient.size, 7), gradient.shape)
      const along = (length: number) => {
        const offsets = inputs.map((input, i) => (i === layer ? tf.mul(direction, length) : tf.zerosLike(input)))
        return tf.sum(tf.mul(network.run(x, { offsets }).logits, upstream)).dataSync()[0] ?? NaN
      }
      const slope = (along(1e-2) - along(-1e-2)) / 2e-2
      const own = tf.sum(tf.mul(gradient, direction)).dataSync()[0] ?? NaN
      expect(Math.abs(own - slope)).toBeLessThan(1e-3 * Math.max(1, Math.abs(slope)))
    })
  })

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors
    net.forward(frozen, x).dispose()
    const { logits, inputs, features } = net.forwardWithInputs(frozen, x)
    tf.dispose([logits, features, ...Object.values(inputs)])
    disposeParams(net.freeze(params) satisfies Params)
    expect(tf.memory().numTensors).toBe(before)
  })
})
