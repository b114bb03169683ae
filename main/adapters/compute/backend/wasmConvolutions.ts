import * as tf from '@tensorflow/tfjs-core'
import { tensorOf } from '../tensorOf'

type Pair = [number, number]

interface Convolution {
  readonly strides: Pair
  readonly dilations: Pair
  /** Zeros before and after, height and width. */
  readonly padding: [Pair, Pair]
  readonly out: { height: number; width: number }
  readonly kernel: { height: number; width: number }
}

/**
 * Gradients of convolutions with what the wasm backend does well (it has no gradient of the kernel, and its gradient of the
 * input is ten times slower than its forward convolution):
 *
 * - of the kernel: for each tap (i, j) one matrix product xᵀ·dy of the input moved by that tap;
 * - of the input at stride 1: a forward convolution of dy with the kernel turned by 180° and its channels swapped.
 *
 * Channels last only, as everywhere in the engine.
 */
export const filterGradient: tf.KernelFunc = ({ inputs, attrs }) => {
  const x = tensor4d(inputs['x'])
  const dy = tensor4d(inputs['dy'])
  const shape = attrs?.['filterShape'] as [number, number, number, number]
  const convolution = describe(x.shape, shape, attrs)
  const { out, kernel, strides, dilations } = convolution
  const [batch, , , channels] = x.shape
  const outChannels = shape[3]
  return tf.tidy(() => {
    const padded = tf.pad4d(x, [[0, 0], ...convolution.padding, [0, 0]])
    const upstream = tf.reshape(dy, [-1, outChannels])
    const taps: tf.Tensor[] = []
    for (let i = 0; i < kernel.height; i++)
      for (let j = 0; j < kernel.width; j++) {
        const begin = [0, i * dilations[0], j * dilations[1], 0]
        const end = [
          batch,
          i * dilations[0] + (out.height - 1) * strides[0] + 1,
          j * dilations[1] + (out.width - 1) * strides[1] + 1,
          channels,
        ]
        const seen = tf.stridedSlice(padded, begin, end, [1, strides[0], strides[1], 1])
        taps.push(tf.matMul(tf.reshape(seen, [-1, channels]), upstream, true, false))
      }
    return tf.reshape(tf.stack(taps), shape)
  })
}

export const inputGradient: tf.KernelFunc = ({ inputs, attrs }) => {
  const dy = tensor4d(inputs['dy'])
  const filter = tensor4d(inputs['filter'])
  const shape = attrs?.['inputShape'] as [number, number, number, number]
  const { padding, kernel } = describe(shape, filter.shape, attrs)
  const [[top, bottom], [left, right]] = padding
  return tf.tidy(() => {
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])
    const around: [Pair, Pair] = [
      [kernel.height - 1 - top, kernel.height - 1 - bottom],
      [kernel.width - 1 - left, kernel.width - 1 - right],
    ]
    const padded = tf.pad4d(dy, [[0, 0], ...positive(around), [0, 0]])
    const full = tf.conv2d(padded, turned as tf.Tensor4D, 1, 'valid')
    // A padding wider than the kernel leaves rows that no output saw from outside: cut them off.
    const cut = [0, Math.max(0, -around[0][0]), Math.max(0, -around[1][0]), 0]
    return tf.slice(full, cut, shape)
  })
}

function positive(padding: [Pair, Pair]): [Pair, Pair] {
  return padding.map(([a, b]) => [Math.max(0, a), Math.max(0, b)]) as [Pair, Pair]
}

export function isStrideOne(attrs: tf.NamedAttrMap | undefined): boolean {
  return pairOf(attrs?.['strides']).every((stride) => stride === 1)
}

function describe(
  input: [number, number, number, number],
  filter: [number, number, number, number],
  attrs: tf.NamedAttrMap | undefined,
): Convolution {
  if (attrs?.['dataFormat'] === 'NCHW') throw new Error('Only channels-last convolutions have gradients on wasm')
  const strides = pairOf(attrs?.['strides'])
  const dilations = pairOf(attrs?.['dilations'] ?? 1)
  const pad = attrs?.['pad'] as number | 'same' | 'valid' | tf.backend_util.ExplicitPadding
  const rounding = attrs?.['dimRoundingMode'] as 'floor' | 'round' | 'ceil' | undefined
  const info = tf.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, rounding)
  const { top, bottom, left, right } = info.padInfo
  return {
    strides,
    dilations,
    padding: [
      [top, bottom],
      [left, right],
    ],
    out: { height: info.outHeight, width: info.outWidth },
    kernel: { height: info.filterHeight, width: info.filterWidth },
  }
}

function pairOf(value: unknown): Pair {
  return Array.isArray(value) ? [Number(value[0]), Number(value[1])] : [Number(value), Number(value)]
}

function tensor4d(info: tf.TensorInfo | undefined): tf.Tensor4D {
  if (!info) throw new Error('A convolution gradient was called without its inputs')
  return tensorOf(info) as tf.Tensor4D
}
