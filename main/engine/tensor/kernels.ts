import * as tf from '@tensorflow/tfjs-core'

/**
 * dy where y > 0, else 0, [N, H, W, C] like both: the gradient of y = relu(…). One pass where the backend has TensorFlow's own
 * operation.
 */
export function reluGradient(dy: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor4D {
  if (tf.getKernel('ReluGrad', tf.getBackend())) return tf.engine().runKernel('ReluGrad', { dy, y })
  return tf.mul(dy, tf.step(y))
}

/**
 * Stride-1 'same' convolution, bias and activation in one kernel: x [N, H, W, in], filter [kh, kw, in, out], bias [out]
 * → [N, H, W, out]. Has no gradient of its own: for forward passes whose
 * backward pass is written by hand. tf.fused would take the three apart wherever a tape runs.
 */
export function fusedConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { bias, activation }: { bias: tf.Tensor1D; activation: 'linear' | 'relu' },
): tf.Tensor4D {
  const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: [1, 1], activation }
  return tf.engine().runKernel(tf.FusedConv2D, { x, filter, bias }, attributes)
}

/** Gradient of a stride-1 'same' convolution with respect to its input: dy [N, H, W, out], filter [kh, kw, in, out] → [N, H, W, in]. */
export function convInputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  const [n, h, w] = dy.shape
  return tf.conv2dTranspose(dy, filter, [n, h, w, filter.shape[2]], 1, 'same')
}

/**
 * Gradient of a stride-1 'same' convolution with respect to its filter: x [N, H, W, in], dy [N, H, W, out] → `filterShape`,
 * [kh, kw, in, out].
 */
export function convFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, filterShape: readonly number[]): tf.Tensor4D {
  const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: [...filterShape] }
  return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, attributes)
}

/** Sum over batch and positions, [N, H, W, C] → [C]: the gradient of the channels' biases. */
export function biasGradient(dy: tf.Tensor4D): tf.Tensor1D {
  return tf.sum(dy, [0, 1, 2])
}
