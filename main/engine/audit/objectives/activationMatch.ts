import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../network'
import { contributionDistances, contributionTarget, disposeTarget } from './contributionDistance'
import { classLogits, klOfLogits } from './decision'
import { inputGradients } from './inputGradients'
import type { MatchingObjective, Matcher } from './matchingObjective'
import { softSlopeRelu } from './softSlopeRelu'

export interface ActivationMatchOptions {
  /** Weight of KL(f(x) ‖ f(x̃)) beside the distance; the published form has 0. */
  readonly klWeight: number
  /** Derivative of every ReLU: 'exact' (step) or softplus' sigmoid(beta·x). */
  readonly slope: 'exact' | { readonly beta: number }
}

/**
 * Activation × gradient match (the authors' later form). Once, on the film: for each layer its input a and the gradient g of
 * the predicted class against (softmax + uniform)/2. A counterpart's contributions g·s are compared with relu(g·a) by cosine;
 * g is reused, so no second derivative. Layers are weighted by their number of parameters.
 */
export function activationMatch(options: ActivationMatchOptions): MatchingObjective {
  return { name: 'activation', prepare: (network, film) => prepare(network, film, options) }
}

function prepare(network: AuditedNetwork, film: tf.Tensor4D, options: ActivationMatchOptions): Matcher {
  const relu = options.slope === 'exact' ? undefined : softSlopeRelu(options.slope.beta)
  const onFilm = tf.tidy(() => {
    const { logits, inputs, gradients } = inputGradients(network, film, relu)
    return { logits, inputs: [...inputs], gradients: [...gradients] }
  })
  const reference = onFilm.logits
  const target = contributionTarget(onFilm.inputs, onFilm.gradients)
  tf.dispose([...onFilm.inputs, ...onFilm.gradients].filter((tensor) => tensor !== film))
  const total = network.layers.reduce((sum, layer) => sum + layer.parameters, 0)
  const shares = tf.tensor1d(network.layers.map((layer) => layer.parameters / total))

  return {
    parts: network.layers.map((layer) => layer.name),
    compare(simple) {
      const { inputs, logits } = network.run(simple, relu ? { relu } : {})
      const own = classLogits(logits)
      const partDistances = contributionDistances(target, inputs)
      const distance = tf.sum(tf.mul(partDistances, shares), 1) as tf.Tensor1D
      const kl = klOfLogits(reference, own)
      const task = options.klWeight === 0 ? distance : tf.add(distance, tf.mul(kl, options.klWeight))
      return { logits: own, distance, partDistances, kl, task: task as tf.Tensor1D }
    },
    dispose() {
      disposeTarget(target)
      tf.dispose([reference, shares])
    },
  }
}
