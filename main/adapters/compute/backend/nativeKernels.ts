import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorInfoMap } from '@tensorflow/tfjs-core'
import { nativeBackend } from './nativeBinding'

const RELU_GRADIENT = 'ReluGrad'

/**
 * Gives ReLU the one-pass gradient that TensorFlow has: tfjs composes it from step, select and multiply, which on the
 * native backend costs several times the convolution before it. Call once after the backend is ready.
 */
export function installNativeKernels(): void {
  if (tf.getBackend() !== 'tensorflow' || tf.getKernel(RELU_GRADIENT, 'tensorflow')) return
  tf.registerKernel({
    kernelName: RELU_GRADIENT,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => {
      const native = nativeBackend()
      const { TF_ATTR_TYPE, TF_FLOAT } = native.binding
      const { dy, y } = inputs as NamedTensorInfoMap & { dy: tf.TensorInfo; y: tf.TensorInfo }
      return native.executeSingleOutput(RELU_GRADIENT, [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }], [dy, y])
    },
  })
  const mask = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.engine().runKernel(RELU_GRADIENT, { dy, y })
  const one = (dy: tf.Tensor | tf.Tensor[]): tf.Tensor => {
    const single = Array.isArray(dy) ? dy[0] : dy
    if (!single) throw new Error('ReLU has one output')
    return single
  }
  // Linear in dy; in y it is piecewise constant, so second derivatives pass through dy alone.
  tf.registerGradient({
    kernelName: RELU_GRADIENT,
    inputsToSave: ['y'],
    gradFunc: (ddy, saved) => ({
      dy: () => mask(one(ddy), saved[0] as tf.Tensor),
      y: () => tf.zerosLike(saved[0] as tf.Tensor),
    }),
  })
  tf.unregisterGradient('Relu')
  tf.registerGradient({
    kernelName: 'Relu',
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({ x: () => mask(one(dy), saved[0] as tf.Tensor) }),
  })
}
