import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { condenseNet, matchGradient, realGradient } from '../../../main/engine/condense'
import { matchingDistance } from '../../../main/engine/condense/matchingDistance'
import { blockBackward, blockForward } from '../../../main/engine/condense/block'
import { oneHot } from '../../../main/engine/condense/targets'
import { toFlowRange } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { param, type Params } from '../../../main/engine/tensor'
import { randomTensor } from '../../support/randomFlow'

const net = condenseNet({ size: 8, channels: 1, width: 4, blocks: 2, classes: 3, firstPadding: 3 })

/** Weights in which normalisation scales and shifts are no longer 1 and 0. */
function shakenParams(seed: number): Params {
  const rng = seededRng(seed)
  return Object.fromEntries(
    Object.entries(net.init(rng)).map(([name, tensor]) => [name, tf.add(tensor, randomTensor(rng, tensor.shape, 0.1))]),
  )
}

function pictures(count: number, seed: number): tf.Tensor4D {
  return tf.tensor4d(seededRng(seed).uniformArray(count * 64), [count, 8, 8, 1])
}

/** The same network in the library's own operations, the convolution's bias included. */
function plainLoss(params: Params, g: tf.Tensor4D, labels: readonly number[]): tf.Scalar {
  let x: tf.Tensor4D = tf.pad4d(g, [
    [0, 0],
    [2, 2],
    [2, 2],
    [0, 0],
  ])
  for (const name of ['block0', 'block1']) {
    const kernel = param(params, `${name}.conv.weight`) as tf.Tensor4D
    const convolved = tf.add(tf.conv2d(x, kernel, 1, 'same'), param(params, `${name}.conv.bias`))
    const { mean, variance } = tf.moments(convolved, [1, 2], true)
    const normal = tf.div(tf.sub(convolved, mean), tf.sqrt(tf.add(variance, 1e-5)))
    const affine = tf.add(tf.mul(normal, param(params, `${name}.norm.weight`)), param(params, `${name}.norm.bias`))
    x = tf.avgPool(tf.relu(affine) as tf.Tensor4D, 2, 2, 'valid')
  }
  const features = tf.reshape(x, [x.shape[0], -1])
  const logits = tf.add(
    tf.matMul(features, param(params, 'classifier.weight')),
    param(params, 'classifier.bias'),
  ) as tf.Tensor2D
  const likelihood = tf.sum(tf.mul(oneHot(labels, 3), tf.logSoftmax(logits)), 1)
  return tf.neg(tf.mean(likelihood))
}

const relative = (a: tf.Tensor, b: tf.Tensor) => tf.div(tf.norm(tf.sub(a, b)), tf.norm(b)).dataSync()[0] ?? NaN
const value = (scalar: tf.Tensor) => scalar.dataSync()[0] ?? NaN

describe('the condensation network', () => {
  it('has the loss and the weight gradients of the plain composition', () => {
    tf.tidy(() => {
      const params = shakenParams(1)
      const g = toFlowRange(pictures(5, 2))
      const labels = [0, 1, 2, 2, 1]
      const names = Object.keys(params)
      const plain = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
        const moved = Object.fromEntries(names.map((name, i) => [name, tensors[i] ?? tf.scalar(NaN)]))
        return plainLoss(moved, g, labels)
      })(names.map((name) => param(params, name)))
      const found = net.lossGradient(params, { g, targets: oneHot(labels, 3) })
      expect(value(found.loss)).toBeCloseTo(value(plain.value), 5)
      names.forEach((name, i) => {
        const [own, expected] = [param(found.gradient, name), plain.grads[i] ?? tf.scalar(NaN)]
        if (name.endsWith('conv.bias')) expect(value(tf.max(tf.abs(tf.sub(own, expected))))).toBeLessThan(1e-6)
        else expect(relative(own, expected)).toBeLessThan(1e-4)
      })
    })
  })

  it('normalises each channel of each picture, and its input gradient is that of finite differences', () => {
    tf.tidy(() => {
      const rng = seededRng(3)
      const weights = {
        kernel: randomTensor(rng, [3, 3, 2, 3], 0.5) as tf.Tensor4D,
        scale: tf.tensor1d([1, 0.7, 1.3]),
        shift: tf.tensor1d([5, 6, 7]),
      }
      const x = randomTensor(rng, [2, 4, 4, 2], 1) as tf.Tensor4D
      const { trace, output } = blockForward(weights, x)
      const normal = tf.mul(trace.centred, trace.inverseDeviation)
      const { mean, variance } = tf.moments(normal, [1, 2])
      expect(value(tf.max(tf.abs(mean)))).toBeLessThan(1e-5)
      expect(value(tf.max(tf.abs(tf.sub(variance, 1))))).toBeLessThan(1e-3)

      const cotangent = randomTensor(rng, output.shape, 1) as tf.Tensor4D
      const { input } = blockBackward(weights, trace, { dOutput: cotangent, toInput: true })
      const way = randomTensor(rng, x.shape, 1)
      const at = (t: number) =>
        value(tf.sum(tf.mul(blockForward(weights, tf.add(x, tf.mul(way, t))).output, cotangent)))
      const slope = (at(1e-2) - at(-1e-2)) / 2e-2
      expect(Math.abs(value(tf.sum(tf.mul(input ?? tf.scalar(NaN), way))) - slope)).toBeLessThan(2e-3 * Math.abs(slope))
    })
  })

  it('gives the gradient of a batch from its parts', () => {
    tf.tidy(() => {
      const params = shakenParams(4)
      const x = pictures(7, 5)
      const whole = realGradient(net, params, { pictures: x, label: 1, chunk: 7 })
      const parts = realGradient(net, params, { pictures: x, label: 1, chunk: 3 })
      expect(parts.loss).toBeCloseTo(whole.loss, 5)
      for (const name of Object.keys(params).filter((name) => !name.endsWith('conv.bias')))
        expect(relative(param(parts.gradient, name), param(whole.gradient, name))).toBeLessThan(1e-5)
    })
  })
})

describe('the matching distance', () => {
  it('is 0 of a gradient to itself, 2 an output unit to its negative, and blind to biases', () => {
    tf.tidy(() => {
      const rng = seededRng(6)
      const gradient = { kernel: randomTensor(rng, [3, 3, 2, 4], 10), bias: randomTensor(rng, [4], 1) }
      const negative = { kernel: tf.neg(gradient.kernel), bias: tf.neg(gradient.bias) }
      expect(value(matchingDistance(gradient, gradient))).toBeCloseTo(0, 5)
      expect(value(matchingDistance(gradient, negative))).toBeCloseTo(8, 5)
      expect(value(matchingDistance(gradient, { ...gradient, bias: negative.bias }))).toBeCloseTo(0, 5)
    })
  })

  it('has the pixel gradient of finite differences: a true second derivative', () => {
    tf.tidy(() => {
      const params = shakenParams(7)
      const wanted = realGradient(net, params, { pictures: pictures(6, 8), label: 1, chunk: 6 }).gradient
      const x = pictures(2, 9)
      const own = { noise: tf.zerosLike(x), label: 1 }
      const { gradient } = matchGradient(net, { params, wanted }, { x, ...own })
      const at = (moved: tf.Tensor4D) => value(matchGradient(net, { params, wanted }, { x: moved, ...own }).value)
      // along its own direction the slope is the gradient's length
      const length = value(tf.norm(gradient))
      const way = tf.div(gradient, length)
      const slope = (at(tf.add(x, tf.mul(way, 1e-3))) - at(tf.sub(x, tf.mul(way, 1e-3)))) / 2e-3
      expect(Math.abs(slope - length) / length).toBeLessThan(1e-2)
    })
  })

  it('leaves as many tensors as it found', () => {
    const params = net.init(seededRng(1))
    const x = pictures(2, 1)
    const wanted = realGradient(net, params, { pictures: x, label: 0, chunk: 1 }).gradient
    const before = tf.memory().numTensors
    const { value: distance, gradient } = matchGradient(net, { params, wanted }, { x, noise: tf.keep(x), label: 0 })
    tf.dispose([distance, gradient])
    expect(tf.memory().numTensors).toBe(before)
  })
})
