import * as tf from '@tensorflow/tfjs-core'
import { bits, dimensions, type PreparedFlow } from '../flow'

/** What is pressed on: bits under the flow, or the squared distance from mid grey as the cheap stand-in. */
export type Pressure = 'bits' | 'l2'

/** The cost of each picture [N], and the gradient of Σ share·cost with respect to the pixels. */
interface Priced {
  readonly each: tf.Tensor1D
  readonly gradient: tf.Tensor4D
}

/** @param shares weight of each picture [N]; call within tf.tidy */
export type Price = (
  pictures: { readonly simple: tf.Tensor4D; readonly noise: tf.Tensor4D },
  shares: tf.Tensor1D,
) => Priced

/** Bits per dimension of x̃ under its noise. */
export function bitsPrice(flow: PreparedFlow): Price {
  return priceOf((simple, noise) => bitsPerDimension(flow, simple, noise))
}

/**
 * Mean over a picture's values of (x̃ − ½)²: presses every pixel towards mid grey whatever it shows. The baseline that
 * knows nothing of what a simple picture is.
 */
export const l2Price: Price = priceOf((simple) => tf.mean(tf.square(tf.sub(simple, 0.5)), [1, 2, 3]))

/** Bits per dimension [N] of pictures in [0, 1] under noise in flow units. */
export function bitsPerDimension(flow: PreparedFlow, pictures: tf.Tensor4D, noise: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => tf.div(bits(flow, pictures, noise), dimensions(flow.config)))
}

function priceOf(cost: (simple: tf.Tensor4D, noise: tf.Tensor4D) => tf.Tensor1D): Price {
  return ({ simple, noise }, shares) => {
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => cost(x as tf.Tensor4D, noise))(simple, shares)
    return { each: value as tf.Tensor1D, gradient: grad as tf.Tensor4D }
  }
}
