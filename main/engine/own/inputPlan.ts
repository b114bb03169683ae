import * as tf from '@tensorflow/tfjs-core'
import { resample } from './resample'

/** How a network made elsewhere wants its pictures. */
export interface InputPlan {
  readonly height: number
  readonly width: number
  /** 3: the grey picture three times. */
  readonly channels: 1 | 3
  readonly layout: 'NHWC' | 'NCHW'
  /** What black and white become. */
  readonly range: readonly [number, number]
  readonly mean?: readonly number[] | undefined
  readonly std?: readonly number[] | undefined
}

/**
 * v = (low + x·(high − low) − mean_c)/std_c of the resampled picture, for each channel c.
 *
 * @param x grey pictures [N, H, W, 1] in [0, 1]
 * @returns [N, height, width, channels], or [N, channels, height, width] for NCHW; differentiable in x
 */
export function toNetworkInput(x: tf.Tensor4D, plan: InputPlan): tf.Tensor4D {
  const [low, high] = plan.range
  const channels = Array.from({ length: plan.channels }, (_, c) => {
    const std = plan.std?.[c] ?? 1
    return { scale: (high - low) / std, shift: (low - (plan.mean?.[c] ?? 0)) / std }
  })
  return tf.tidy(() => {
    const scale = tf.tensor1d(channels.map((channel) => channel.scale))
    const shift = tf.tensor1d(channels.map((channel) => channel.shift))
    const seen = tf.add(tf.mul(resample(x, plan), scale), shift) as tf.Tensor4D
    return plan.layout === 'NCHW' ? tf.transpose(seen, [0, 3, 1, 2]) : seen
  })
}
