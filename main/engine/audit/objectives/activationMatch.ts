import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../network'
import {
  contributionDistances,
  contributionTarget,
  disposeTarget,
  type ContributionTarget,
} from './contributionDistance'
import { classLogits, klOfLogits } from './decision'
import { inputGradients } from './inputGradients'
import type { MatchingObjective, Matcher } from './matchingObjective'
import { softSlopeRelu } from './softSlopeRelu'

interface ActivationMatchOptions {
  /** Weight of KL(f(x) ‖ f(x̃)) beside the distance; the published form has 0. */
  readonly klWeight: number
  /**
   * Derivative of every ReLU: 'exact', the step, is the product's; softplus' sigmoid(beta·x) is the published form, for the
   * golden vectors.
   */
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

  const { sizes, gradient, positive, direction } = target
  const held = [reference, gradient, positive, direction] as const
  const compareTo: Matcher['compareTo'] = (simple, [film, g, filmPositive, filmDirection]) => {
    const { inputs, logits } = network.run(simple, relu ? { relu } : {})
    const own = classLogits(logits)
    const said = { sizes, gradient: g, positive: filmPositive, direction: filmDirection } as ContributionTarget
    const partDistances = contributionDistances(said, inputs)
    const distance = tf.sum(tf.mul(partDistances, shares), 1) as tf.Tensor1D
    const kl = klOfLogits(film as tf.Tensor2D, own)
    const task = options.klWeight === 0 ? distance : tf.add(distance, tf.mul(kl, options.klWeight))
    return { logits: own, distance, partDistances, kl, task: task as tf.Tensor1D }
  }
  return {
    parts: network.layers.map((layer) => layer.name),
    identity: `activation ${JSON.stringify(options)}`,
    held: () => held,
    compareTo,
    compare: (simple) => compareTo(simple, held),
    dispose() {
      disposeTarget(target)
      tf.dispose([reference, shares])
    },
  }
}
