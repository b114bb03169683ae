import * as tf from '@tensorflow/tfjs-core'
import { tensorOf } from '../tensorOf'
import { filterGradient, inputGradient, isStrideOne } from './wasmConvolutions'

/**
 * Fills the gaps of the wasm backend (4.22) and puts its defects right; call before it starts, and again for nothing.
 *
 * - Conv2DBackpropFilter is missing, Conv2DBackpropInput slow (see wasmConvolutions.ts; other strides keep its own).
 * - FusedConv2D refuses a bias of shape [1, channels].
 * - OneHot writes integers into a result that it calls float32.
 */
export function registerWasmKernels(): void {
  if (tf.getKernel(tf.Conv2DBackpropFilter, 'wasm')) return
  tf.registerKernel({ kernelName: tf.Conv2DBackpropFilter, backendName: 'wasm', kernelFunc: filterGradient })
  replaceKernel(tf.Conv2DBackpropInput, (own) => (call) => (isStrideOne(call.attrs) ? inputGradient(call) : own(call)))
  replaceKernel(tf.FusedConv2D, withVectorBias)
  replaceKernel(tf.OneHot, withCast)
}

function replaceKernel(name: string, wrap: (own: tf.KernelFunc) => tf.KernelFunc): void {
  const own = tf.getKernel(name, 'wasm')
  tf.unregisterKernel(name, 'wasm')
  tf.registerKernel({ ...own, kernelFunc: wrap(own.kernelFunc) })
}

/** The backend remembers the shape that data had when they were made, so that a reshape is not enough: a copy. */
function withVectorBias(own: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const { bias } = call.inputs
    if (!bias) return own(call)
    const vector = tf.tidy(() => tf.add(tf.reshape(tensorOf(bias), [-1]), 0))
    const result = own({ ...call, inputs: { ...call.inputs, bias: vector } })
    vector.dispose()
    return result
  }
}

function withCast(own: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    if (call.attrs?.['dtype'] !== 'float32') return own(call)
    const integers = own({ ...call, attrs: { ...call.attrs, dtype: 'int32' } })
    if (Array.isArray(integers)) throw new Error('OneHot has one result')
    const counted = tensorOf(integers)
    const floats = tf.cast(counted, 'float32')
    counted.dispose()
    return floats
  }
}
