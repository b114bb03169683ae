import * as tf from '@tensorflow/tfjs-core'
import type { Params } from '../tensor'
import type { ClassifierNet, ForwardOptions } from './residualNet'

/**
 * What enters each layer and the gradient of Σ upstream ⊙ logits with respect to it.
 *
 * @param of `x` [batch, size, size, channels] in [0, 1]; `upstream` [batch, heads], or a function of the logits (held constant)
 * @returns by layer name, per example (not divided by the batch); the caller disposes
 */
export function inputGradients(
  net: ClassifierNet,
  frozen: Params,
  of: {
    x: tf.Tensor4D
    upstream: tf.Tensor2D | ((logits: tf.Tensor2D) => tf.Tensor2D)
    activate?: ForwardOptions['activate']
  },
): { logits: tf.Tensor2D; inputs: Record<string, tf.Tensor>; gradients: Record<string, tf.Tensor> } {
  return tf.tidy(() => {
    const activation = of.activate ? { activate: of.activate } : {}
    const { logits, inputs } = net.forwardWithInputs(frozen, of.x, activation)
    const upstream = typeof of.upstream === 'function' ? of.upstream(logits) : of.upstream
    const names = net.layers.map((layer) => layer.name)
    const zeros = net.layers.map((layer) => tf.zeros([of.x.shape[0], ...layer.inputShape]))
    const gradients = tf.grads((...offsets: tf.Tensor[]) => {
      const byName = Object.fromEntries(names.flatMap((name, i) => (offsets[i] ? [[name, offsets[i]]] : [])))
      return tf.sum(tf.mul(net.forward(frozen, of.x, { ...activation, offsets: byName }), upstream))
    })(zeros)
    const byName = Object.fromEntries(names.flatMap((name, i) => (gradients[i] ? [[name, gradients[i]]] : [])))
    return { logits, inputs, gradients: byName }
  })
}
