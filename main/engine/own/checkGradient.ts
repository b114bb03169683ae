import * as tf from '@tensorflow/tfjs-core'
import { inputGradients, type AuditedNetwork } from '../audit'
import type { Rng } from '../rng'
import type { Check } from './selfTest'

const DIRECTIONS = 3
/** Finite differences of float32 networks with kinks: what agrees to this is right, what is wrong is off by far more. */
const TOLERANCE = 0.15
/** Lengths of the steps, all pixels together, of which the best counts: rounding spoils the short ones, kinks the long ones. */
const STEPS = [0.003, 0.01, 0.03, 0.1, 0.3]

/**
 * Does a gradient flow from the decision to the picture and to the layers, and is it the right one? Compared with central
 * differences along seeded directions that lean half-way on the gradient, so that each has a slope worth measuring.
 */
export function checkGradient(network: AuditedNetwork, pictures: tf.Tensor4D, rng: Rng): Check {
  const film = tf.slice4d(pictures, [0, 0, 0, 0], [1, -1, -1, -1])
  try {
    const gradient = tf.tidy(() => tf.grad((x) => tf.sum(network.run(x as tf.Tensor4D).logits))(film) as tf.Tensor4D)
    const values = Float32Array.from(gradient.dataSync())
    gradient.dispose()
    const length = norm(values)
    if (!values.every(Number.isFinite)) return failed('Its gradient holds numbers that are not finite.')
    if (length === 0)
      return failed(
        'No gradient reaches the picture: changing it a little changes nothing. Is the output saturated or rounded?',
      )
    const dead = deadLayers(network, film)
    const worst = Math.max(
      ...directions(values, length, rng).map((along) => deviation(network, film, { along, values })),
    )
    if (worst > TOLERANCE)
      return failed(
        `Its gradient is not the slope that small changes of the picture show (off by ${Math.round(100 * worst)} %): an operation in it has a wrong gradient.`,
      )
    const layers = dead > 0 ? ` To ${dead} of its layers none flows: these count nothing.` : ''
    return {
      name: 'gradient',
      status: 'ok',
      sentence: `Gradients flow to the picture and agree with small changes of it to ${(100 * worst).toFixed(1)} %.${layers}`,
    }
  } catch (error) {
    return failed(whyNoGradient(error))
  } finally {
    film.dispose()
  }
}

/** Why TensorFlow.js could not differentiate, for somebody who did not write the model. */
export function whyNoGradient(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const missing = /gradient function not found for (\w+)/i.exec(text) ?? /Kernel '(\w+)' not registered/.exec(text)
  return missing
    ? `TensorFlow.js has no gradient for its operation ${missing[1]} on this backend: it can be read, but not audited.`
    : `Its gradient cannot be computed (${text.split('\n')[0]}): it can be read, but not audited.`
}

function deadLayers(network: AuditedNetwork, film: tf.Tensor4D): number {
  const sizes = tf.tidy(() => {
    const { gradients } = inputGradients(network, film)
    return tf.stack(gradients.map((gradient) => tf.max(tf.abs(gradient))))
  })
  const found = sizes.dataSync()
  sizes.dispose()
  return found.filter((value) => !(value > 0)).length
}

/** Unit vectors (g/‖g‖ + r)/√2, r random and across to g: the slope along each is ‖g‖/√2. */
function directions(gradient: Float32Array, length: number, rng: Rng): Float32Array[] {
  return Array.from({ length: DIRECTIONS }, () => {
    const random = rng.normalArray(gradient.length)
    const along = random.reduce((sum, value, i) => sum + (value * (gradient[i] ?? 0)) / length, 0)
    const across = random.map((value, i) => value - (along * (gradient[i] ?? 0)) / length)
    const size = norm(across)
    return across.map((value, i) => (value / size + (gradient[i] ?? 0) / length) / Math.SQRT2)
  })
}

/** |finite difference / slope − 1|, the best of a few step sizes. */
function deviation(
  network: AuditedNetwork,
  film: tf.Tensor4D,
  { along, values }: { along: Float32Array; values: Float32Array },
): number {
  const slope = along.reduce((sum, value, i) => sum + value * (values[i] ?? 0), 0)
  const found = STEPS.map((step) => {
    const both = tf.tidy(() => {
      const move = tf.tensor4d(
        along.map((value) => value * step),
        film.shape,
      )
      return network.run(tf.concat4d([tf.add(film, move) as tf.Tensor4D, tf.sub(film, move) as tf.Tensor4D], 0)).logits
    })
    const [up = NaN, down = NaN] = both.dataSync()
    both.dispose()
    return Math.abs((up - down) / (2 * step * slope) - 1)
  })
  return Math.min(...found)
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}

function failed(sentence: string): Check {
  return { name: 'gradient', status: 'failed', sentence }
}
