import * as tf from '@tensorflow/tfjs-core'
import { momentCorrection, quotient, type AdamConfig, type AdamState, type AdamStep } from './adam'

/**
 * Back-propagates a cotangent of the new weights through `adamUpdate` to the step's gradient g; both moments count:
 * ∂θ'/∂g = −lr/(1−β1^t) · ((1−β1)·β2·v0 − β1·(1−β2)·m0·g + (1−β1)·ε·c·√v) / (√v·c·s²),
 * m0, v0 the moments before and v after the step, c = √(1−β2^t), s = √v/c + ε. The terms in g² have been cancelled by
 * hand: after a fresh start they are all there is, and float32 would leave noise. Where v is 0, √v is taken as constant.
 *
 * @param taken the step, and the moments that `adamUpdate` gave for it
 * @param cotangent derivative of the loss with respect to θ' [length]
 */
export function adamGradient(
  config: AdamConfig,
  taken: { step: AdamStep; after: AdamState },
  cotangent: tf.Tensor1D,
): tf.Tensor1D {
  const { beta1, beta2, epsilon } = config
  const { step, after } = taken
  const { first, secondRoot: correction } = step.correction ?? momentCorrection(config, step.state.steps)
  return tf.tidy(() => {
    const root = tf.sqrt(after.second)
    const scale = tf.add(tf.div(root, correction), epsilon)
    const fromMoments = tf.sub(
      tf.mul(step.state.second, (1 - beta1) * beta2),
      tf.mul(tf.mul(step.state.first, step.gradient), beta1 * (1 - beta2)),
    )
    const numerator = tf.add(fromMoments, tf.mul(tf.mul(root, correction), (1 - beta1) * epsilon))
    // one division after the other: the square of a small scale would leave the range of float32
    const moving = tf.div(tf.div(tf.divNoNan(numerator, tf.mul(root, correction)), scale), scale)
    const slope = tf.where(tf.greater(root, 0), moving, tf.div(1 - beta1, scale))
    return tf.mul(tf.mul(slope, quotient(-step.rate, first)), cotangent) as tf.Tensor1D
  })
}
