import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit'
import type { Rng } from '../rng'
import { param } from '../tensor'

/**
 * The network with the weights of all its layers randomised, for the parameter-randomisation check (Adebayo et al. 2018): the
 * entries of every weight tensor are shuffled, which forgets all that was learned but keeps each tensor's distribution, so
 * that activations stay in their range whatever the architecture.
 */
export function shuffledNetwork(network: AuditedNetwork, rng: Rng): { network: AuditedNetwork; dispose: () => void } {
  const weights = Object.fromEntries(
    Object.keys(network.weights).map((name) => [name, shuffled(param(network.weights, name), rng)]),
  )
  return {
    network: { ...network, weights, run: (x, options) => network.run(x, { weights, ...options }) },
    dispose: () => tf.dispose(weights),
  }
}

function shuffled(tensor: tf.Tensor, rng: Rng): tf.Tensor {
  const values = tensor.dataSync()
  const order = rng.permutation(values.length)
  return tf.tensor(
    Float32Array.from(order, (from) => values[from] ?? 0),
    tensor.shape,
  )
}
