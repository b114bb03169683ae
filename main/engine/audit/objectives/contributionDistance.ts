import * as tf from '@tensorflow/tfjs-core'

const COSINE_EPSILON = 1e-8

/** What the film says at all layers, the layers' values one after the other: T values in L layers. */
export interface ContributionTarget {
  /** Values of each layer; sums to T. */
  readonly sizes: readonly number[]
  /** Gradient g at the layers' inputs [N, T]. */
  readonly gradient: tf.Tensor2D
  /** Where the film's contribution g·a is positive [N, T], bool. */
  readonly positive: tf.Tensor2D
  /** relu(g·a)/‖relu(g·a)‖, the norm layer by layer [N, T]. */
  readonly direction: tf.Tensor2D
}

/** @param activations what enters the layers for the film; @param gradients the gradients there */
export function contributionTarget(
  activations: readonly tf.Tensor[],
  gradients: readonly tf.Tensor[],
): ContributionTarget {
  const sizes = activations.map((a) => a.size / (a.shape[0] ?? 1))
  const [gradient, positive, direction] = tf.tidy(() => {
    const g = joined(gradients)
    const value = tf.relu(tf.mul(joined(activations), g)) as tf.Tensor2D
    const norm = tf.maximum(tf.sqrt(layerSums(tf.square(value), sizes)), COSINE_EPSILON)
    return [g, tf.greater(value, 0), scaledByLayer(value, tf.div(1, norm) as tf.Tensor2D, sizes)]
  }) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]
  return { sizes, gradient, positive, direction }
}

export function disposeTarget({ gradient, positive, direction }: ContributionTarget): void {
  tf.dispose([gradient, positive, direction])
}

/**
 * 1 − cosine, layer by layer, between a counterpart's contributions v and the film's [N, L]. v = g·s where the film's
 * contribution is positive or the counterpart's is negative, else 0 (the mask is a constant); an all-zero v has distance 1.
 *
 * All layers go through one chain of operations with a hand-written gradient, ∂d/∂v = (v·cos/‖v‖ − direction)/‖v‖:
 * a search takes this hundreds of times, and what costs is the number of operations.
 *
 * @param inputs what enters the layers for the counterpart
 */
export function contributionDistances(target: ContributionTarget, inputs: readonly tf.Tensor[]): tf.Tensor2D {
  const { sizes, gradient, positive, direction } = target
  const distances = tf.customGrad((...args) => {
    const save = args[args.length - 1] as unknown as tf.GradSaveFunc // customGrad types all arguments as tensors
    const given = args.slice(0, -1) as tf.Tensor[]
    const s = joined(given)
    const counts = tf.logicalOr(positive, tf.less(tf.mul(s, gradient), 0))
    const weight = tf.mul(gradient, tf.cast(counts, 'float32')) as tf.Tensor2D
    const v = tf.mul(s, weight) as tf.Tensor2D
    const norm = tf.maximum(tf.sqrt(layerSums(tf.square(v), sizes)), COSINE_EPSILON) as tf.Tensor2D
    const cosine = tf.div(layerSums(tf.mul(v, direction), sizes), norm) as tf.Tensor2D
    save([weight, v, norm, cosine])
    const gradFunc = (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => {
      const [w, value, length, cos] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]
      const scale = tf.div(dy as tf.Tensor2D, length) as tf.Tensor2D
      const along = scaledByLayer(value, tf.mul(scale, tf.div(cos, length)) as tf.Tensor2D, sizes)
      const dv = tf.sub(along, scaledByLayer(direction, scale, sizes))
      const pieces = tf.split(tf.mul(dv, w), [...sizes], 1)
      return pieces.map((piece, i) => tf.reshape(piece, given[i]?.shape ?? piece.shape))
    }
    return { value: tf.sub(1, cosine), gradFunc }
  })
  return distances(...inputs) as tf.Tensor2D
}

/** Layers of any shape, flattened and put one after the other: [N, T]. */
function joined(layers: readonly tf.Tensor[]): tf.Tensor2D {
  return tf.concat2d(
    layers.map((x) => tf.reshape(x, [x.shape[0] ?? 1, -1]) as tf.Tensor2D),
    1,
  )
}

/** Sums over each layer's values: [N, T] → [N, L]. */
function layerSums(values: tf.Tensor, sizes: readonly number[]): tf.Tensor2D {
  return tf.stack(
    tf.split(values as tf.Tensor2D, [...sizes], 1).map((piece) => tf.sum(piece, 1)),
    1,
  ) as tf.Tensor2D
}

/** Each layer's values times that layer's factor: [N, T] with [N, L] → [N, T]. A gather of the factors is ten times slower. */
function scaledByLayer(values: tf.Tensor2D, factors: tf.Tensor2D, sizes: readonly number[]): tf.Tensor2D {
  const pieces = tf.split(values, [...sizes], 1)
  const scales = tf.split(factors, sizes.length, 1)
  return tf.concat2d(
    pieces.map((piece, i) => tf.mul(piece, scales[i] ?? 0) as tf.Tensor2D),
    1,
  )
}
