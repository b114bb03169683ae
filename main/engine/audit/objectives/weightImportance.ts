import * as tf from '@tensorflow/tfjs-core'
import { param, type Params } from '../../tensor'
import type { AuditedNetwork } from '../network'
import { classLogits } from './decision'

/**
 * How much each scaled weight mattered for one picture: G = κθ ⊙ ∂KL(f_θ(x) ‖ f_κθ(x))/∂(κθ), a flat vector for each tensor.
 *
 * The derivative of the KL with respect to the scaled logits is softmax(scaled) − softmax(own); that upstream is
 * computed outside the inner differentiation, so that an outer one also goes through both logits.
 *
 * @param picture [1, H, W, C]
 * @param options.own class logits of f_θ(picture) [1, classes], options.scaledLogits those of f_κθ
 */
export function weightImportance(
  network: AuditedNetwork,
  picture: tf.Tensor4D,
  options: { names: readonly string[]; scaled: Params; own: tf.Tensor2D; scaledLogits: tf.Tensor2D },
): tf.Tensor1D[] {
  const { names, scaled, own, scaledLogits } = options
  const upstream = tf.sub(tf.softmax(scaledLogits), tf.softmax(own))
  const leaves = names.map((name) => param(scaled, name))
  const logits = (...tensors: tf.Tensor[]) => {
    const weights = Object.fromEntries(names.map((name, i) => [name, tensors[i] ?? param(scaled, name)]))
    return classLogits(network.run(picture, { weights, twice: true }).logits)
  }
  const gradients = tf.grads(logits)(leaves, upstream)
  return gradients.map((gradient, i) => tf.reshape(tf.mul(gradient, leaves[i] ?? gradient), [-1]))
}
