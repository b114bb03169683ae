import * as tf from '@tensorflow/tfjs-core'
import { bits, dimensions, toFlowRange, type PreparedFlow } from '../flow'
import type { Params } from '../tensor'
import { matchingDistance } from './matchingDistance'
import type { CondenseNet } from './net'
import { targetsOf } from './targets'

/** Weights of Σ distance and of mean bpd in the loss. */
export function lossWeights(bitsWeight: number, classes: number): { match: number; bpd: number } {
  return { match: (10 / (1 + bitsWeight)) * classes, bpd: (2 * bitsWeight) / (1 + bitsWeight) }
}

/** Synthetic pictures of one class in [0, 1], 8-bit valued, and their noise in flow units; [ipc, H, W, C] each. */
export interface ClassPictures {
  readonly x: tf.Tensor4D
  readonly noise: tf.Tensor4D
  readonly label: number
}

/**
 * Matching distance of one class and its exact gradient with respect to the pixels: a second derivative, through the
 * network's weight gradient on the synthetic pictures.
 *
 * @param wanted the real pictures' gradient, a constant
 * @returns `value` (scalar) and `gradient` [ipc, H, W, C]; the caller disposes both
 */
export function matchGradient(
  net: CondenseNet,
  of: { params: Params; wanted: Params },
  { x, noise, label }: ClassPictures,
): { value: tf.Scalar; gradient: tf.Tensor4D } {
  return tf.tidy(() =>
    matchGradientTo(net, of, { x, noise, targets: targetsOf(label, x.shape[0], net.config.classes) }),
  )
}

/** `matchGradient` with the class said as probabilities [ipc, classes]. */
export function matchGradientTo(
  net: CondenseNet,
  { params, wanted }: { params: Params; wanted: Params },
  { x, noise, targets }: { x: tf.Tensor4D; noise: tf.Tensor4D; targets: tf.Tensor2D },
): { value: tf.Scalar; gradient: tf.Tensor4D } {
  return tf.tidy(() => {
    const distance = (pixels: tf.Tensor) => {
      const g = toFlowRange(pixels as tf.Tensor4D, noise)
      return matchingDistance(net.lossGradient(params, { g, targets }).gradient, wanted)
    }
    const { value, grad } = tf.valueAndGrad(distance)(x)
    return { value: value as tf.Scalar, gradient: grad as tf.Tensor4D }
  })
}

/** Mean bits per dimension of the pictures. */
export function meanBpd(flow: PreparedFlow, x: tf.Tensor4D, noise: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => tf.mul(tf.mean(bits(flow, x, noise)), 1 / dimensions(flow.config)) as tf.Scalar)
}

/** Mean bpd and its gradient with respect to the pixels; the caller disposes both. */
export function bpdGradient(
  flow: PreparedFlow,
  x: tf.Tensor4D,
  noise: tf.Tensor4D,
): { value: tf.Scalar; gradient: tf.Tensor4D } {
  return tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((pixels: tf.Tensor) => meanBpd(flow, pixels as tf.Tensor4D, noise))(x)
    return { value: value as tf.Scalar, gradient: grad as tf.Tensor4D }
  })
}
