import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { seededRng } from '../../../main/engine/rng'
import { blurred, jpegCoded, learned, simplifierNet, simplifierShapes } from '../../../main/engine/simplify'
import { disposeParams, gaussianBlur, layoutOf, ravel, roundToLevels, unravel } from '../../../main/engine/tensor'

const levelsOf = (x: tf.Tensor) => Array.from(x.dataSync(), (value) => 255 * value)

function pictures(channels: 1 | 3): tf.Tensor4D {
  const values = Float32Array.from({ length: 2 * 64 * channels }, (_, i) => ((i * 37) % 256) / 255)
  return tf.tensor4d(values, [2, 8, 8, channels])
}

describe('the simplifier network', () => {
  it.each([1, 3] as const)('begins as the identity on 8-bit pictures of %i channels', (channels) => {
    const net = simplifierNet({ size: 8, channels, width: 4 })
    const params = net.init(seededRng(1))
    const x = pictures(channels)
    const before = tf.memory().numTensors
    const simple = learned(net, params).simplify(x)
    expect(tf.memory().numTensors).toBe(before + 1)
    expect([...simple.dataSync()]).toEqual([...x.dataSync()])
    tf.dispose([x, simple])
    disposeParams(params)
  })

  it('begins as a blur where its change is added to one', () => {
    const net = simplifierNet({ size: 8, channels: 1, width: 4, blur: 1.5 })
    const params = net.init(seededRng(1))
    const x = pictures(1)
    const [simple, blurred] = [learned(net, params).simplify(x), gaussianBlur(x, 1.5)]
    expect([...simple.dataSync()]).toEqual([...blurred.dataSync()])
    tf.dispose([x, simple, blurred])
    disposeParams(params)
  })

  it('has the gradient of its finite differences', () => {
    const net = simplifierNet({ size: 8, channels: 1, width: 2 })
    const rng = seededRng(2)
    const started = net.init(rng)
    const params = { ...started, multiplier: tf.scalar(0.7) }
    const layout = layoutOf(params)
    const weights = ravel(params, layout)
    const x = tf.clipByValue(pictures(1), 0.05, 0.95)
    const pull = tf.tensor4d(rng.normalArray(x.size), x.shape)
    const value = (vector: tf.Tensor) =>
      tf.sum(tf.mul(net.apply(unravel(vector as tf.Tensor1D, layout), x), pull)) as tf.Scalar
    const gradient = tf.tidy(() => tf.grad(value)(weights))
    for (let trial = 0; trial < 4; trial++) {
      const [expected, found] = tf.tidy(() => {
        const direction = tf.tensor1d(rng.normalArray(layout.total))
        const moved = (by: number) => value(tf.add(weights, tf.mul(direction, by))).dataSync()[0] ?? NaN
        const step = 2e-3
        return [(moved(step) - moved(-step)) / (2 * step), tf.dot(gradient, direction).dataSync()[0] ?? NaN]
      })
      expect(Math.abs(found - expected)).toBeLessThan(0.01 * Math.abs(expected) + 0.01)
    }
    tf.dispose([weights, x, pull, gradient, started['multiplier'] ?? weights, ...Object.values(params)])
  })

  it('takes any side divisible by 8, and no other', () => {
    expect(() => simplifierNet({ size: 28, channels: 1, width: 4 })).toThrow(RangeError)
    const net = simplifierNet({ size: 24, channels: 3, width: 2 })
    const params = net.init(seededRng(1))
    const x: tf.Tensor4D = tf.zeros([1, 24, 24, 3])
    expect(net.apply(params, x).shape).toEqual([1, 24, 24, 3])
    const shapes = Object.entries(params).map(([name, tensor]) => [name, tensor.shape])
    expect(simplifierShapes(net.config)).toEqual(Object.fromEntries(shapes))
  })
})

it('rounds to 8 bits and lets the gradient through', () => {
  const x = tf.tensor1d([-0.2, 0.1, 0.5, 0.9991, 1.3])
  expect(levelsOf(roundToLevels(x)).map((value) => Math.round(value * 1e3) / 1e3)).toEqual([0, 26, 128, 255, 255])
  const pulled = tf.grad((value: tf.Tensor) => tf.sum(tf.mul(roundToLevels(value), [1, 2, 3, 4, 5])))(x)
  expect([...pulled.dataSync()]).toEqual([1, 2, 3, 4, 5])
})

describe('baselines', () => {
  it.each([1, 3] as const)('keep a flat picture of %i channels as it is', (channels) => {
    const flat: tf.Tensor4D = tf.fill([2, 8, 8, channels], 100 / 255)
    const unchanged = (levels: Uint8Array) => levels
    for (const simplification of [blurred(1.5), jpegCoded(50, unchanged)])
      for (const level of levelsOf(simplification.simplify(flat))) expect(level).toBeCloseTo(100, 3)
  })

  it('blur every channel by itself, and hand each to the JPEG coder with its quality', () => {
    const x = pictures(3)
    const green = tf.slice4d(x, [0, 0, 0, 1], [-1, -1, -1, 1])
    const alone = blurred(1).simplify(green)
    const together = tf.slice4d(blurred(1).simplify(x), [0, 0, 0, 1], [-1, -1, -1, 1])
    expect([...together.dataSync()]).toEqual([...alone.dataSync()])
    const seen: [number, number][] = []
    const inverted = jpegCoded(7, (levels, quality) => {
      seen.push([levels.length, quality])
      return levels.map((level) => 255 - level)
    }).simplify(x)
    expect(seen).toEqual(Array.from({ length: 6 }, () => [64, 7]))
    const sums = levelsOf(tf.add(inverted, x))
    for (const sum of sums) expect(sum).toBeCloseTo(255, 3)
  })
})
