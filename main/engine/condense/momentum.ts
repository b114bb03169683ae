import * as tf from '@tensorflow/tfjs-core'

/** A weight vector under gradient descent with momentum, and its running velocity. */
export interface MomentumState {
  readonly weights: tf.Tensor1D
  readonly velocity: tf.Tensor1D
}

/**
 * One step: v ← momentum·v + g + decay·θ, θ ← θ − rate·v (as in PyTorch, decay coupled).
 *
 * @returns a fresh state; the old one and the gradient stay the caller's
 */
export function momentumUpdate(
  state: MomentumState,
  gradient: tf.Tensor1D,
  options: { rate: number | tf.Scalar; momentum: number; weightDecay: number },
): MomentumState {
  return tf.tidy(() => {
    const pull = tf.add(gradient, tf.mul(state.weights, options.weightDecay))
    const velocity: tf.Tensor1D = tf.add(tf.mul(state.velocity, options.momentum), pull)
    return { weights: tf.sub(state.weights, tf.mul(velocity, options.rate)) as tf.Tensor1D, velocity }
  })
}
