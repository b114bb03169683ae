import * as tf from '@tensorflow/tfjs-core'

/** Exponential moving average of a weight vector, its start corrected: the decay is min(decay, (1+t)/(10+t)). */
export function emaUpdate(
  average: tf.Tensor1D,
  weights: tf.Tensor1D,
  options: { decay: number; steps: number },
): tf.Tensor1D {
  const decay = Math.min(options.decay, (1 + options.steps) / (10 + options.steps))
  return tf.tidy(() => tf.add(tf.mul(average, decay), tf.mul(weights, 1 - decay)))
}
