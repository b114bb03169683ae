import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../network'
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

const COSINE_EPSILON = 1e-8

/**
 * Activation × gradient match (the authors' later form). Once, on the film: for each layer its input a and the gradient g of
 * the predicted class against (softmax + uniform)/2. A counterpart's contributions g·s are compared with relu(g·a) by cosine;
 * g is reused, so no second derivative. Layers are weighted by their number of parameters.
 */
export function activationMatch(options: ActivationMatchOptions): MatchingObjective {
  return { name: 'activation', prepare: (network, film) => prepare(network, film, options) }
}

/** A type, not an interface: tf.tidy wants an index signature. */
type LayerTarget = {
  /** Gradient at the layer's input [N, n], or [1, n] for one film. */
  readonly gradient: tf.Tensor2D
  /** Where the film's contribution is positive, bool. */
  readonly positive: tf.Tensor2D
  /** relu(g·a) / ‖relu(g·a)‖. */
  readonly direction: tf.Tensor2D
}

function prepare(network: AuditedNetwork, film: tf.Tensor4D, options: ActivationMatchOptions): Matcher {
  const relu = options.slope === 'exact' ? undefined : softSlopeRelu(options.slope.beta)
  const layers = network.layers.map((layer) => layer.name)
  const total = network.layers.reduce((sum, layer) => sum + layer.parameters, 0)

  const { reference, targets } = tf.tidy(() => {
    const { inputs, logits, gradients } = inputGradients(network, film, relu)
    return {
      reference: logits,
      targets: inputs.map((input, i) => layerTarget(flatten(input), flatten(gradients[i] ?? input))),
    }
  })
  const shares = tf.tensor1d(network.layers.map((layer) => layer.parameters / total))

  return {
    parts: layers,
    compare(simple) {
      const { inputs, logits } = network.run(simple, relu ? { relu } : {})
      const own = classLogits(logits)
      const distances = targets.map((target, i) => layerDistance(target, flatten(inputs[i] ?? simple)))
      const partDistances = tf.stack(distances, 1) as tf.Tensor2D
      const distance = tf.sum(tf.mul(partDistances, shares), 1) as tf.Tensor1D
      const kl = klOfLogits(reference, own)
      const task = options.klWeight === 0 ? distance : tf.add(distance, tf.mul(kl, options.klWeight))
      return { logits: own, distance, partDistances, kl, task: task as tf.Tensor1D }
    },
    dispose() {
      tf.dispose([reference, shares])
      for (const target of targets) tf.dispose([target.gradient, target.positive, target.direction])
    },
  }
}

function layerTarget(activation: tf.Tensor2D, gradient: tf.Tensor2D): LayerTarget {
  const value = tf.relu(tf.mul(activation, gradient))
  const norm = tf.maximum(tf.norm(value, 2, 1, true), COSINE_EPSILON)
  return { gradient, positive: tf.greater(value, 0), direction: tf.div(value, norm) as tf.Tensor2D }
}

/** 1 − cosine between the counterpart's contributions and the film's; an all-zero vector has distance 1. */
function layerDistance(target: LayerTarget, input: tf.Tensor2D): tf.Tensor1D {
  const value = contributions(target, input)
  const norm = tf.maximum(safeNorm(value), COSINE_EPSILON)
  return tf.sub(1, tf.div(tf.sum(tf.mul(value, target.direction), 1), norm)) as tf.Tensor1D
}

/** g·s where the film's contribution is positive or the counterpart's is negative, else 0; the mask is a constant. */
function contributions(target: LayerTarget, input: tf.Tensor2D): tf.Tensor2D {
  const masked = tf.customGrad((s, save) => {
    const product = tf.mul(s as tf.Tensor2D, target.gradient)
    const counts = tf.logicalOr(target.positive, tf.less(product, 0))
    const weight = tf.mul(target.gradient, tf.cast(counts, 'float32'))
    ;(save as tf.GradSaveFunc)([weight])
    return {
      value: tf.mul(s as tf.Tensor2D, weight),
      gradFunc: (dy, saved) => tf.mul(dy, saved[0] ?? weight),
    }
  })
  return masked(input) as tf.Tensor2D
}

/** ‖v‖ of each row with a finite gradient at 0. */
function safeNorm(v: tf.Tensor2D): tf.Tensor1D {
  return tf.sqrt(tf.maximum(tf.sum(tf.square(v), 1), 1e-30))
}

function flatten(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [x.shape[0] ?? 1, -1]) as tf.Tensor2D
}
