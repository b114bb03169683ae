import * as tf from '@tensorflow/tfjs-core'
import { param, type Params } from '../tensor'

const LOG_TWO_PI = Math.log(2 * Math.PI)
/** Keeps the prior's scale away from 0 (golden conventions; the only epsilon of the flow). */
const PRIOR_EPSILON = 1e-8

/** One actnorm per value in front of a standard normal: mean −bias, scale 1/s with s = exp(logs) + 1e-8. */
export interface PriorWeights {
  /** [h, w, c] each */
  readonly bias: tf.Tensor3D
  readonly scale: tf.Tensor3D
  /** Σ over channels of log s minus the Gaussian's constant: [h, w]. */
  readonly constant: tf.Tensor2D
}

/** @param prefix "level{l}" of the prior's level */
export function foldPrior(params: Params, prefix: string): PriorWeights {
  return tf.tidy(() => {
    const scale = tf.add(tf.exp(param(params, `${prefix}.prior.actnorm.logs`)), PRIOR_EPSILON) as tf.Tensor3D
    const channels = scale.shape[2]
    const constant = tf.sub(tf.sum(tf.log(scale), 2), 0.5 * channels * LOG_TWO_PI) as tf.Tensor2D
    return { bias: tf.clone(param(params, `${prefix}.prior.actnorm.bias`)) as tf.Tensor3D, scale, constant }
  })
}

/** h → z = s·(h + bias), [N, h, w, c]. */
export function toStandard(weights: PriorWeights, h: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => tf.mul(tf.add(h, weights.bias), weights.scale))
}

/** The inverse of `toStandard`: z → h = z/s − bias. */
export function fromStandard(weights: PriorWeights, z: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => tf.sub(tf.div(z, weights.scale), weights.bias))
}

/** log N(z; 0, I) + log s, summed over channels: [N, h, w]. */
export function priorLogDensity(weights: PriorWeights, z: tf.Tensor4D): tf.Tensor3D {
  return tf.tidy(() => tf.add(tf.mul(tf.sum(tf.square(z), 3), -0.5), weights.constant))
}
