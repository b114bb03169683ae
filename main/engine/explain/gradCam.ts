import * as tf from '@tensorflow/tfjs-core'
import { scoreOf, type Question } from './question'

/**
 * Grad-CAM (Selvaraju et al. 2017): the last feature maps A, each weighted by its mean gradient, what is negative cut off,
 *
 *     map = relu(Σ_k α_k A_k),  α_k = mean over positions of ∂score/∂A_k
 *
 * enlarged bilinearly and divided by the pixels a position covers. With a mean over positions before a linear head, as here,
 * Σ_k α_k A_k at a position is exactly what that position adds to the score, so that the unit is "change of the logit a pixel".
 * A network without feature maps of its own (`NetworkRun.features`) is asked at its last layer that has positions.
 *
 * @returns [size²]
 */
export function gradCam(question: Question): Float32Array {
  const { size } = question
  return tf.tidy(() => {
    const { features, gradient } = featuresAndGradient(question)
    const [, height, width] = features.shape
    const weights = tf.mean(gradient, [1, 2], true)
    const cam = tf.relu(tf.sum(tf.mul(features, weights), 3, true)) as tf.Tensor4D
    const large = tf.image.resizeBilinear(cam, [size, size], false, true)
    return Float32Array.from(tf.mul(large, (height * width) / size ** 2).dataSync())
  })
}

function featuresAndGradient(question: Question): { features: tf.Tensor4D; gradient: tf.Tensor } {
  const { network, film } = question
  const { features, inputs } = network.run(film)
  if (features) {
    const gradient = tf.grad((featureOffset) => tf.sum(scoreOf(question, network.run(film, { featureOffset }).logits)))(
      tf.zerosLike(features),
    )
    return { features, gradient }
  }
  const last = inputs.map((input) => input.rank).lastIndexOf(4)
  const entering = inputs[last] as tf.Tensor4D | undefined
  if (!entering) throw new Error('Grad-CAM needs a network with feature maps')
  const zeros = inputs.map((input) => tf.zerosLike(input))
  const gradient = tf.grad((offset) => {
    const offsets = zeros.map((zero, i) => (i === last ? offset : zero))
    return tf.sum(scoreOf(question, network.run(film, { offsets }).logits))
  })(tf.zerosLike(entering))
  return { features: entering, gradient }
}
