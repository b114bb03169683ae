import * as tf from '@tensorflow/tfjs-core'

/** Kernels are typed to get bare tensor infos; operations want tensors over the same data. */
export function tensorOf(info: tf.TensorInfo): tf.Tensor {
  return info instanceof tf.Tensor ? info : tf.engine().makeTensorFromTensorInfo(info)
}
