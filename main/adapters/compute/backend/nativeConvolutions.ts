import * as tf from '@tensorflow/tfjs-core'
import { replaceKernel } from './replaceKernel'
import { nativeOps, type NativeOps } from './nativeOps'

/** With fewer positions than this in a picture, turning a kernel costs more than it saves. */
const LEAST_POSITIONS = { spatial: 512, point: 2048 } as const
/** A convolution into so many times fewer channels is cheaper written as a transposed one. */
const NARROWING = 8
/** Multiply–adds of a picture from which a 1×1 kernel is worth transposing. */
const LEAST_POINT_WORK = 2e6

/**
 * TensorFlow computes a convolution on the processor as a matrix product with unfolded inputs (kh·kw·in values a
 * position) and its transpose as one with unfolded outputs (kh·kw·out): with a turned kernel either is the other. Takes
 * the one that unfolds less; the sums are the same but for the order of rounding. The choice looks at one picture, not
 * at the batch, so that a picture gives the same numbers in every batch. Also: bias and ReLU without the detour through
 * JavaScript's broadcasting, and even splits with one constant where there were two new tensors. Call once.
 */
export function installNativeConvolutions(): void {
  const ops = nativeOps()
  replaceKernel(tf.Conv2D, (own) => (call) => convolve(ops, own, call))
  replaceKernel(tf.Conv2DBackpropInput, (own) => (call) => backpropagate(ops, own, call))
  replaceKernel(tf.FusedConv2D, (own) => (call) => fused(ops, own, call))
  replaceKernel(tf.SplitV, (own) => (call) => split(ops, own, call))
}

type Call = Parameters<tf.KernelFunc>[0]

interface Layout {
  readonly positions: number
  readonly kernel: 'spatial' | 'point'
  readonly inputs: number
  readonly outputs: number
}

/** Of a stride-1 'same' convolution with an odd square kernel; null for every other. */
function layoutOf(image: tf.TensorInfo, filter: tf.TensorInfo, attrs: Call['attrs']): Layout | null {
  const { strides, pad, dataFormat, dilations } = attrs ?? {}
  const isOne = (value: unknown) => value === undefined || [value].flat().every((one) => one === 1)
  const [height = 0, width = 0, inputs = 0, outputs = 0] = filter.shape
  const [, rows = 0, columns = 0] = image.shape
  if (!isOne(strides) || !isOne(dilations) || pad !== 'same' || (dataFormat ?? 'NHWC') !== 'NHWC') return null
  if (image.dtype !== 'float32' || height !== width || height % 2 === 0) return null
  return { positions: rows * columns, kernel: height === 1 ? 'point' : 'spatial', inputs, outputs }
}

function convolve(ops: NativeOps, own: tf.KernelFunc, call: Call): ReturnType<tf.KernelFunc> {
  const { x, filter } = call.inputs
  const layout = x && filter ? layoutOf(x, filter, call.attrs) : null
  if (!x || !filter || !layout || !narrows(layout)) return own(call)
  const turned = ops.turned(filter)
  const result = ops.convolutionTransposed(x, turned, [...x.shape.slice(0, 3), layout.outputs])
  turned.dispose()
  return result
}

function narrows({ kernel, positions, inputs, outputs }: Layout): boolean {
  return kernel === 'spatial' && positions >= LEAST_POSITIONS.spatial && inputs >= NARROWING * outputs
}

function backpropagate(ops: NativeOps, own: tf.KernelFunc, call: Call): ReturnType<tf.KernelFunc> {
  const { dy, filter } = call.inputs
  const layout = dy && filter ? layoutOf(dy, filter, call.attrs) : null
  if (!dy || !filter || !layout || !widens(layout)) return own(call)
  const turned = ops.turned(filter)
  const result = ops.convolution(dy, turned)
  turned.dispose()
  return result
}

/** The gradient goes from outputs to more inputs: unfolding it is cheaper than unfolding what it goes to. */
function widens({ kernel, positions, inputs, outputs }: Layout): boolean {
  if (kernel === 'spatial') return positions >= LEAST_POSITIONS.spatial / 2 && outputs < inputs
  return positions >= LEAST_POSITIONS.point || positions * inputs * outputs >= LEAST_POINT_WORK
}

function fused(ops: NativeOps, own: tf.KernelFunc, call: Call): ReturnType<tf.KernelFunc> {
  const { x, filter, bias, preluActivationWeights } = call.inputs
  const activation = call.attrs?.['activation'] ?? 'linear'
  const simple = activation === 'linear' || activation === 'relu'
  if (!x || !filter || bias?.shape.length !== 1 || preluActivationWeights || !simple) return own(call)
  const attrs = { ...call.attrs, activation: 'linear' }
  const layout = layoutOf(x, filter, call.attrs)
  if (!layout) return own(call)
  const { backend } = call
  const plain = tf.getKernel(tf.Conv2D, 'tensorflow').kernelFunc({ inputs: { x, filter }, attrs, backend })
  const shifted = ops.biased(ops.taken(plain), bias)
  return activation === 'relu' ? ops.rectified(shifted) : shifted
}

function split(ops: NativeOps, own: tf.KernelFunc, call: Call): ReturnType<tf.KernelFunc> {
  const { x } = call.inputs
  const { numOrSizeSplits: parts, axis } = call.attrs ?? {}
  if (!x || typeof parts !== 'number' || typeof axis !== 'number' || x.dtype !== 'float32') return own(call)
  const along = axis < 0 ? axis + x.shape.length : axis
  return ops.split(x, along, parts) ?? own(call)
}
