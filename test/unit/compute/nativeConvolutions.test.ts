import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { installNativeConvolutions } from '../../../main/adapters/compute/backend/nativeConvolutions'
import { fusedConvolution } from '../../../main/engine/tensor'
import { seededRng } from '../../../main/engine/rng'
import '@tensorflow/tfjs-node-gpu'

interface Shape {
  readonly size: number
  readonly kernel: number
  readonly from: number
  readonly to: number
}
/** On both sides of every choice between a convolution and its transpose. */
const shapes: Shape[] = [
  { size: 32, kernel: 3, from: 32, to: 4 },
  { size: 32, kernel: 3, from: 4, to: 32 },
  { size: 32, kernel: 5, from: 16, to: 2 },
  { size: 8, kernel: 3, from: 32, to: 4 },
  { size: 48, kernel: 1, from: 4, to: 6 },
  { size: 16, kernel: 1, from: 96, to: 96 },
  { size: 8, kernel: 1, from: 3, to: 5 },
  { size: 32, kernel: 3, from: 6, to: 6 },
]
type Results = Record<'plain' | 'fused' | 'strided' | 'valid' | 'input' | 'inputOfTwo', tf.Tensor>

const own = new Map<Shape, Results>()
const rng = seededRng(11)
const random = (shape: number[]) => tf.tensor(rng.normalArray(shape.reduce((a, b) => a * b, 1)), shape)
const given = new Map(
  shapes.map((shape) => {
    const { size, kernel, from, to } = shape
    return [
      shape,
      {
        x: random([2, size, size, from]) as tf.Tensor4D,
        filter: random([kernel, kernel, from, to]) as tf.Tensor4D,
        bias: random([to]) as tf.Tensor1D,
        dy: random([2, size, size, to]) as tf.Tensor4D,
      },
    ]
  }),
)

function compute(shape: Shape): Results {
  const inputs = given.get(shape)
  if (!inputs) throw new Error('unknown shape')
  const { x, filter, bias, dy } = inputs
  const back = (stride: number) => (v: tf.Tensor) => tf.conv2d(v as tf.Tensor4D, filter, stride, 'same')
  return {
    plain: tf.conv2d(x, filter, 1, 'same'),
    fused: fusedConvolution(x, filter, { bias, activation: 'relu' }),
    strided: tf.conv2d(x, filter, 2, 'same'),
    valid: tf.conv2d(x, filter, 1, 'valid'),
    input: tf.grad(back(1))(x, dy),
    inputOfTwo: tf.grad(back(2))(x),
  }
}

beforeAll(() => {
  for (const shape of shapes)
    own.set(
      shape,
      tf.tidy(() => mapValues(compute(shape), (one) => tf.keep(one))),
    )
  installNativeConvolutions()
})

function mapValues(results: Results, of: (one: tf.Tensor) => tf.Tensor): Results {
  const { plain, fused, strided, valid, input, inputOfTwo } = results
  return {
    ...{ plain: of(plain), fused: of(fused), strided: of(strided) },
    ...{ valid: of(valid), input: of(input), inputOfTwo: of(inputOfTwo) },
  }
}

describe.each(shapes)('convolution of $from to $to channels, kernel $kernel, $size pixels', (shape) => {
  it("equals TensorFlow's own in every direction, and leaves no tensor", () => {
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const results = compute(shape)
      const expected = own.get(shape)
      if (!expected) throw new Error('not computed')
      for (const name of Object.keys(results) as (keyof Results)[]) {
        const [got, wanted] = [results[name], expected[name]]
        expect(got.shape, name).toEqual(wanted.shape)
        const error = tf.div(tf.norm(tf.sub(got, wanted)), tf.norm(wanted)).dataSync()[0]
        expect(error, name).toBeLessThan(2e-6)
      }
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('split', () => {
  it.each([0, 1, 2, 3, -1])('into equal parts along axis %i equals slices', (axis) => {
    tf.tidy(() => {
      const x = random([4, 6, 2, 8]) as tf.Tensor4D
      const along = axis < 0 ? axis + 4 : axis
      const half = (x.shape[along] ?? 0) / 2
      tf.split(x, 2, axis).forEach((part, i) => {
        const begin = [0, 0, 0, 0].map((zero, k) => (k === along ? i * half : zero)) as [number, number, number, number]
        const size = x.shape.map((side, k) => (k === along ? half : side)) as [number, number, number, number]
        expect(Array.from(part.dataSync())).toEqual(Array.from(tf.slice(x, begin, size).dataSync()))
      })
    })
  })

  it('into unequal parts and of integers is left alone', () => {
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const x = tf.range(0, 6, 1, 'int32')
      expect(tf.split(x, [1, 5]).map((part) => Array.from(part.dataSync()))).toEqual([[0], [1, 2, 3, 4, 5]])
      expect(tf.split(x, 3).map((part) => Array.from(part.dataSync()))).toEqual([
        [0, 1],
        [2, 3],
        [4, 5],
      ])
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})
