import * as tf from '@tensorflow/tfjs-core'
import { nativeBackend, type OpAttribute } from './nativeBinding'
import { tensorOf } from '../tensorOf'

/** Operations of TensorFlow on float32, called without the checks that tfjs has made already. */
export interface NativeOps {
  /** Reversed in space, inputs and outputs exchanged: [kh, kw, in, out] → [kh, kw, out, in]. */
  turned(kernel: tf.TensorInfo): tf.Tensor
  /** Stride 1, 'same'. */
  convolution(x: tf.TensorInfo, kernel: tf.TensorInfo): tf.Tensor
  /** The transpose of a stride-1 'same' convolution: `shape` is that of its result. */
  convolutionTransposed(dy: tf.TensorInfo, kernel: tf.TensorInfo, shape: readonly number[]): tf.Tensor
  /** Takes the place of `x`, which is freed. */
  biased(x: tf.Tensor, bias: tf.TensorInfo): tf.Tensor
  /** Takes the place of `x`, which is freed. */
  rectified(x: tf.Tensor): tf.Tensor
  /** Null along an axis for which no constant is kept. */
  split(x: tf.TensorInfo, axis: number, parts: number): tf.Tensor[] | null
  /** What a kernel returned, as one tensor. */
  taken(result: tf.TensorInfo | tf.TensorInfo[]): tf.Tensor
}

/** Of the backend in use, with its constants made once. */
export function nativeOps(): NativeOps {
  const native = nativeBackend()
  const { TF_ATTR_TYPE, TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_BOOL, TF_FLOAT, TF_INT32 } = native.binding
  const float = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }
  const format = { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' }
  const convolution = [
    ...[float, format],
    { name: 'strides', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: TF_ATTR_STRING, value: 'SAME' },
    { name: 'use_cudnn_on_gpu', type: TF_ATTR_BOOL, value: true },
    { name: 'dilations', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
  ]
  const space = tf.keep(tf.tensor1d([0, 1], 'int32'))
  const exchanged = tf.keep(tf.tensor1d([0, 1, 3, 2], 'int32'))
  const axes = [0, 1, 2, 3].map((axis) => tf.keep(tf.scalar(axis, 'int32')))
  const reverse = [float, { name: 'Tidx', type: TF_ATTR_TYPE, value: TF_INT32 }]
  const transpose = [float, { name: 'Tperm', type: TF_ATTR_TYPE, value: TF_INT32 }]
  const inPlaceOf = (x: tf.Tensor, name: string, [attributes, inputs]: [OpAttribute[], tf.TensorInfo[]]) => {
    const result = native.executeSingleOutput(name, attributes, [x, ...inputs])
    x.dispose()
    return result
  }
  return {
    turned(kernel) {
      const isPoint = kernel.shape[0] === 1 && kernel.shape[1] === 1
      if (isPoint) return native.executeSingleOutput('Transpose', transpose, [kernel, exchanged])
      const reversed = native.executeSingleOutput('ReverseV2', reverse, [kernel, space])
      return inPlaceOf(reversed, 'Transpose', [transpose, [exchanged]])
    },
    convolution: (x, kernel) => native.executeSingleOutput('Conv2D', convolution, [x, kernel]),
    convolutionTransposed(dy, kernel, shape) {
      const sizes = tf.tensor1d([...shape], 'int32')
      const result = native.executeSingleOutput('Conv2DBackpropInput', convolution, [sizes, kernel, dy])
      sizes.dispose()
      return result
    },
    biased: (x, bias) => inPlaceOf(x, 'BiasAdd', [[float, format], [bias]]),
    rectified: (x) => inPlaceOf(x, 'Relu', [[float], []]),
    split(x, axis, parts) {
      const along = axes[axis]
      const count = { name: 'num_split', type: TF_ATTR_INT, value: parts }
      return along ? native.executeMultipleOutputs('Split', [count, float], [along, x], parts) : null
    },
    taken: (result) => tensorOf(Array.isArray(result) ? (result[0] ?? fail()) : result),
  }
}

function fail(): never {
  throw new Error('A convolution has one result')
}
