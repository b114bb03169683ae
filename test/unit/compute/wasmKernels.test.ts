import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadWasm } from '../../../main/adapters/compute/backend/wasmBackend'
import { seededRng } from '../../../main/engine/rng'

interface Shape {
  readonly size: [number, number]
  readonly kernel: [number, number]
  readonly stride: number
  readonly pad: 'same' | 'valid' | number
}
const shapes: Shape[] = [
  { size: [8, 8], kernel: [3, 3], stride: 1, pad: 'same' },
  { size: [7, 9], kernel: [3, 3], stride: 1, pad: 'valid' },
  { size: [6, 6], kernel: [1, 1], stride: 1, pad: 'same' },
  { size: [8, 8], kernel: [5, 3], stride: 1, pad: 'same' },
  { size: [6, 7], kernel: [3, 3], stride: 1, pad: 2 },
  { size: [8, 8], kernel: [3, 3], stride: 2, pad: 'valid' },
  { size: [9, 8], kernel: [5, 5], stride: 2, pad: 'same' },
]
const CHANNELS = { in: 3, out: 4 }

/** Σ conv(x, w)·dy, written out in double precision over one picture; the gradients follow by finite differences, exactly,
 * for it is linear in each argument. */
function loss(
  x: Float32Array,
  w: Float32Array,
  given: { shape: Shape; dy: Float32Array; out: number[]; before: number[] },
) {
  const { shape, dy, out, before } = given
  const [height, width] = shape.size
  const [kh, kw] = shape.kernel
  let sum = 0
  for (let oy = 0; oy < (out[1] ?? 0); oy++)
    for (let ox = 0; ox < (out[2] ?? 0); ox++)
      for (let i = 0; i < kh; i++)
        for (let j = 0; j < kw; j++) {
          const y = oy * shape.stride + i - (before[0] ?? 0)
          const z = ox * shape.stride + j - (before[1] ?? 0)
          if (y < 0 || y >= height || z < 0 || z >= width) continue
          for (let c = 0; c < CHANNELS.in; c++)
            for (let o = 0; o < CHANNELS.out; o++)
              sum +=
                (x[(y * width + z) * CHANNELS.in + c] ?? 0) *
                (w[((i * kw + j) * CHANNELS.in + c) * CHANNELS.out + o] ?? 0) *
                (dy[(oy * (out[2] ?? 0) + ox) * CHANNELS.out + o] ?? 0)
        }
  return sum
}

/** The derivative to entry k of a function that is linear in it. */
function slope(values: Float32Array, k: number, of: (values: Float32Array) => number): number {
  const up = values.slice()
  up[k] = (values[k] ?? 0) + 1
  return of(up) - of(values)
}

describe('what the wasm backend gets from us', () => {
  beforeAll(async () => {
    await loadWasm()
  })

  it.each(shapes)('gradients of a convolution: $size by $kernel, stride $stride, padding $pad', (shape) => {
    const rng = seededRng(3)
    const xs = rng.normalArray(shape.size[0] * shape.size[1] * CHANNELS.in)
    const ws = rng.normalArray(shape.kernel[0] * shape.kernel[1] * CHANNELS.in * CHANNELS.out)
    const before = tf.memory().numTensors
    const x = tf.tensor4d(xs, [1, ...shape.size, CHANNELS.in])
    const w = tf.tensor4d(ws, [...shape.kernel, CHANNELS.in, CHANNELS.out])
    const rounding = typeof shape.pad === 'number' ? 'floor' : undefined
    const info = tf.backend_util.computeConv2DInfo(x.shape, w.shape, shape.stride, 1, shape.pad, rounding)
    const dys = rng.normalArray(tf.util.sizeFromShape(info.outShape))
    const dy = tf.tensor4d(dys, info.outShape as [number, number, number, number])
    const [dx, dw] = tf.grads((a, b) =>
      tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, shape.stride, shape.pad, 'NHWC', 1, rounding),
    )([x, w], dy)
    const given = { shape, dy: dys, out: info.outShape, before: [info.padInfo.top, info.padInfo.left] }
    dx?.dataSync().forEach((found, k) => {
      expect(found).toBeCloseTo(
        slope(xs, k, (values) => loss(values, ws, given)),
        3,
      )
    })
    dw?.dataSync().forEach((found, k) => {
      expect(found).toBeCloseTo(
        slope(ws, k, (values) => loss(xs, values, given)),
        3,
      )
    })
    tf.dispose([x, w, dy, ...(dx ? [dx] : []), ...(dw ? [dw] : [])])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('a fused convolution takes a bias of shape [1, channels]', () => {
    const x: tf.Tensor4D = tf.ones([1, 2, 2, 1])
    const filter: tf.Tensor4D = tf.ones([1, 1, 1, 2])
    const bias = tf.tensor2d([[1, 2]])
    const before = tf.memory().numTensors
    const sum = tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', bias, activation: 'relu' })
    expect([...sum.dataSync()]).toEqual([2, 3, 2, 3, 2, 3, 2, 3])
    expect(tf.memory().numTensors).toBe(before + 1)
  })

  it('one-hot floats are ones', () => {
    const before = tf.memory().numTensors
    const hot = tf.tidy(() => tf.oneHot(tf.tensor1d([1, 0], 'int32'), 2, 1, 0, 'float32'))
    expect([...hot.dataSync()]).toEqual([0, 1, 1, 0])
    hot.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})
