import * as tf from '@tensorflow/tfjs-core'

/**
 * ReLU with the derivative of a softplus: forward max(x, 0), backward sigmoid(beta·x).
 * The published form of the activation match, for the golden vectors: units just below zero then still hear what would wake
 * them. The product's match takes the exact slope.
 */
export function softSlopeRelu(beta: number): (x: tf.Tensor) => tf.Tensor {
  const rectify = tf.customGrad((x, save) => {
    const input = x as tf.Tensor
    ;(save as tf.GradSaveFunc)([input])
    return {
      value: tf.relu(input),
      gradFunc: (dy, saved) => tf.mul(dy, tf.sigmoid(tf.mul(saved[0] as tf.Tensor, beta))),
    }
  })
  return (x) => rectify(x)
}
