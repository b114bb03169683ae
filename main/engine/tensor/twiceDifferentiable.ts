import * as tf from '@tensorflow/tfjs-core'

/**
 * ELU whose gradient dy·exp(min(x, 0)) is written in terms of its input, so that it can be differentiated once more
 * (the library's own reuses its output and ends at a kernel without a gradient).
 */
export function twiceDifferentiableElu(x: tf.Tensor): tf.Tensor {
  const elu = tf.customGrad((value, save) => {
    const input = value as tf.Tensor
    ;(save as tf.GradSaveFunc)([input])
    return {
      value: tf.elu(input),
      gradFunc: (dy, saved) => tf.mul(dy, tf.exp(tf.minimum(saved[0] ?? input, 0))),
    }
  })
  return elu(x)
}
