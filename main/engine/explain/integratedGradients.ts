import * as tf from '@tensorflow/tfjs-core'
import { scoreOf, scores, step, type Question, type StepControl } from './question'

/** Points on the straight line from the flat picture to the film. */
const INTEGRATION_STEPS = 64
const BATCH = 8

interface IntegratedGradients {
  /** [size²]; sums to the score's difference between film and flat picture. */
  readonly map: Float32Array
  /** (Σ map − difference)/difference: how far the sum over finitely many points is from completeness. */
  readonly completenessError: number
}

/** Passes of a batch that one map takes. */
export function integrationPasses(steps = INTEGRATION_STEPS): number {
  return Math.ceil(steps / BATCH)
}

/**
 * Integrated gradients (Sundararajan et al. 2017) from the flat grey picture x₀ to the film x, midpoint rule:
 *
 *     map = (x − x₀) ⊙ 1/n Σ_i ∇score(x₀ + (i + ½)/n · (x − x₀))
 *
 * Unit: change of the logit a pixel, towards the decision.
 *
 * @throws Interrupted once cancelled
 */
export async function integratedGradients(
  question: Question,
  control: StepControl,
  steps = INTEGRATION_STEPS,
): Promise<IntegratedGradients> {
  const { film, flat, size } = question
  const gradientAt = tf.grad((x) => tf.sum(scoreOf(question, question.network.run(x as tf.Tensor4D).logits)))
  const total = new Float64Array(size * size)
  for (let first = 0; first < steps; first += BATCH) {
    const part = tf.tidy(() => {
      const shares = Array.from({ length: Math.min(BATCH, steps - first) }, (_, i) => (first + i + 0.5) / steps)
      const points = tf.add(flat, tf.mul(tf.sub(film, flat), tf.tensor4d(shares, [shares.length, 1, 1, 1])))
      return tf.sum(gradientAt(points), 0).dataSync()
    })
    for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + (part[i] ?? 0) / steps
    await step(control)
  }
  const difference = tf.tidy(() => tf.sub(film, flat).dataSync())
  const map = Float32Array.from(total, (gradient, i) => gradient * (difference[i] ?? 0))
  const sum = map.reduce((all, value) => all + value, 0)
  const [onFilm = NaN] = scores(question, film)
  const [onFlat = NaN] = scores(question, flat)
  return { map, completenessError: (sum - (onFilm - onFlat)) / (onFilm - onFlat) }
}
