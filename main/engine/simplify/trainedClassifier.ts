import * as tf from '@tensorflow/tfjs-core'
import type { ClassifierNet } from '../classifier'
import { twiceDifferentiableElu, type ParamLayout, type Params } from '../tensor'

/** A classifier of which the weights are one vector. */
export interface TrainedClassifier {
  /**
   * Differentiable with respect to weights and x; where `twice` is set, the gradient with respect to the weights is
   * differentiable once more.
   *
   * @param x what the classifier sees [N, H, W, C]
   */
  readonly logits: (weights: Params, x: tf.Tensor4D, options?: { readonly twice: boolean }) => tf.Tensor2D
  readonly layout: ParamLayout
}

/** A residual classifier's logits from its weights as they are trained, standardised within. */
export function logitsOf(net: ClassifierNet): TrainedClassifier['logits'] {
  const activation = net.plan.activation === 'elu' ? twiceDifferentiableElu : tf.relu
  const activate = (x: tf.Tensor4D) => activation(x) as tf.Tensor4D
  return (weights, x, { twice } = { twice: false }) =>
    tf.tidy(() => net.forward(net.freeze(weights), x, twice ? { activate } : {}))
}
