import type * as tf from '@tensorflow/tfjs-core'
import type { Params } from '../tensor'

/** A layer with weights, in the order of the forward pass. */
interface AuditedLayer {
  readonly name: string
  /** Number of its weights and biases: its share in the activation distance. */
  readonly parameters: number
  /** Names of its tensors in `AuditedNetwork.weights`. */
  readonly weights: readonly string[]
}

interface NetworkRun {
  /** [N, classes]; one column is a yes/no decision, read as the two-class logits [0, logit]. */
  readonly logits: tf.Tensor2D
  /** What enters each layer, in the order of `layers`. */
  readonly inputs: readonly tf.Tensor[]
  /** The last feature maps [N, h, w, channels], where the network has such: what Grad-CAM looks at. */
  readonly features?: tf.Tensor4D
}

interface RunOptions {
  /** Weights to use instead of the network's own (same names and shapes). */
  readonly weights?: Params
  /** Added to what enters each layer: the gradient with respect to a zero offset is the gradient at that layer's input. */
  readonly offsets?: readonly tf.Tensor[]
  /** The same for `NetworkRun.features`. */
  readonly featureOffset?: tf.Tensor
  /** The rectifier, where its derivative is to be another one than the step. */
  readonly relu?: (x: tf.Tensor) => tf.Tensor
  /** The result will be differentiated twice. */
  readonly twice?: boolean
}

/**
 * A classifier as an audit needs it: any network that can say what enters its layers and run with other weights.
 * `run` must be differentiable with respect to pictures, offsets and weights, and made of operations whose gradients
 * do not reuse their own output (convolution, matMul, add, mul, relu, mean, avgPool): the gradient match differentiates twice.
 */
export interface AuditedNetwork {
  readonly layers: readonly AuditedLayer[]
  /** Effective weights: what multiplies the activations, after any standardisation or folding; empty where it cannot run with others. */
  readonly weights: Params
  /** Logit at and above which a one-column network says yes; 0 is probability ½. */
  readonly boundary: number
  /** @param x pictures [N, H, W, C] in [0, 1] */
  run(x: tf.Tensor4D, options?: RunOptions): NetworkRun
}

/** Can it run with other weights, as the gradient match must? A network made elsewhere cannot. */
export function namesWeights(network: AuditedNetwork): boolean {
  return network.layers.some(({ weights }) => weights.length > 0)
}
