import * as tf from '@tensorflow/tfjs-core'
import { param, type Params } from '../tensor'

/** Added to the product of the norms. */
const NORM_EPSILON = 1e-6
/** Floor under the sum of squares: keeps the root's gradient finite where an output unit's gradient is 0. */
const SMALLEST_SQUARE = 1e-30

/**
 * Distance of two weight gradients (Zhao, Mopuri & Bilen 2021): Σ over layers, Σ over output units
 * of 1 − a·b/(‖a‖·‖b‖ + 1e-6); biases and normalisation parameters are left out. Differentiable in both.
 *
 * @param found, wanted gradients under the weights' names, the output unit being each tensor's last axis
 */
export function matchingDistance(found: Params, wanted: Params): tf.Scalar {
  return tf.tidy(() => tf.addN(Object.values(distancePerLayer(found, wanted))) as tf.Scalar)
}

/** The same, layer by layer, under the names of the layers' weights. */
export function distancePerLayer(found: Params, wanted: Params): Record<string, tf.Scalar> {
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(found)
        .filter(([, gradient]) => gradient.rank > 1)
        .map(([name, gradient]) => [name, layerDistance(gradient, param(wanted, name))]),
    ),
  )
}

function layerDistance(a: tf.Tensor, b: tf.Tensor): tf.Scalar {
  const units = a.shape[a.shape.length - 1] ?? 1
  const [rowsA, rowsB] = [tf.reshape(a, [-1, units]), tf.reshape(b, [-1, units])]
  const norms = tf.mul(norm(rowsA), norm(rowsB))
  const cosines = tf.div(tf.sum(tf.mul(rowsA, rowsB), 0), tf.add(norms, NORM_EPSILON))
  return tf.sum(tf.sub(1, cosines))
}

function norm(rows: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.maximum(tf.sum(tf.square(rows), 0), SMALLEST_SQUARE))
}
