import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../../main/engine/audit'

/** logit = Σ weight ⊙ x + bias on size × size pixels: what every explanation of it must be is known exactly. */
export function linearNetwork(weight: Float32Array, bias = 0): AuditedNetwork & { dispose(): void } {
  const weights = { 'dense.weight': tf.tensor2d(weight, [weight.length, 1]) }
  return {
    layers: [{ name: 'dense', parameters: weight.length, weights: ['dense.weight'] }],
    weights,
    boundary: 0,
    run(x, options = {}) {
      const flat = tf.reshape(x, [x.shape[0], -1]) as tf.Tensor2D
      const used = (options.weights ?? weights)['dense.weight'] as tf.Tensor2D
      return { logits: tf.add(tf.matMul(flat, used), bias), inputs: [x] }
    },
    dispose: () => tf.dispose(weights),
  }
}
