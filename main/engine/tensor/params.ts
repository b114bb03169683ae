import * as tf from '@tensorflow/tfjs-core'

/** A pytree of weights, flat by dotted name ("level0.step1.coupling.conv1.weight"). Insertion order is its order. */
export type Params = Readonly<Record<string, tf.Tensor>>

/** Where each tensor of a `Params` lies in one long vector. */
export interface ParamLayout {
  readonly names: readonly string[]
  readonly shapes: readonly (readonly number[])[]
  readonly sizes: readonly number[]
  readonly total: number
}

/** The layout of `ravel`: tensor after tensor in insertion order, each row-major; sizes and total in values. */
export function layoutOf(params: Params): ParamLayout {
  const names = Object.keys(params)
  const shapes = names.map((name) => param(params, name).shape)
  const sizes = shapes.map((shape) => tf.util.sizeFromShape(shape))
  return { names, shapes, sizes, total: sizes.reduce((a, b) => a + b, 0) }
}

/** All weights as one vector [total]: an optimiser step is then a dozen operations whatever the number of tensors. */
export function ravel(params: Params, layout: ParamLayout): tf.Tensor1D {
  return tf.tidy(() => tf.concat1d(layout.names.map((name) => tf.reshape(param(params, name), [-1]))))
}

/** The inverse of `ravel`: fresh tensors in the layout's shapes, the caller's. */
export function unravel(flat: tf.Tensor1D, layout: ParamLayout): Params {
  const pieces = tf.split(flat, [...layout.sizes])
  const entries = layout.names.map((name, i) => {
    const piece = pieces[i]
    if (!piece) throw new Error(`no piece for ${name}`)
    const shaped = tf.reshape(piece, [...(layout.shapes[i] ?? [])])
    piece.dispose()
    return [name, shaped] as const
  })
  return Object.fromEntries(entries)
}

/** The tensor of that name; a missing one is a programming error and said by name. */
export function param(params: Params, name: string): tf.Tensor {
  const tensor = params[name]
  if (!tensor) throw new Error(`There is no weight named ${name}`)
  return tensor
}

/** Frees every tensor. */
export function disposeParams(params: Params): void {
  tf.dispose(Object.values(params))
}

/**
 * Value and gradient of a scalar loss with respect to every weight.
 *
 * @param loss gets the weights, returns a scalar; may not keep tensors
 * @returns `value` (scalar) and `gradient` (one vector in the layout's order); the caller disposes both
 */
export function valueAndGradient(
  loss: (params: Params) => tf.Scalar,
  params: Params,
  layout: ParamLayout,
): { value: tf.Scalar; gradient: tf.Tensor1D } {
  return tf.tidy(() => {
    const leaves = layout.names.map((name) => param(params, name))
    const toParams = (tensors: tf.Tensor[]): Params =>
      Object.fromEntries(layout.names.map((name, i) => [name, tensors[i] ?? param(params, name)]))
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => loss(toParams(tensors)))(leaves)
    const gradient = tf.concat1d(grads.map((grad) => tf.reshape(grad, [-1])))
    return { value: value as tf.Scalar, gradient }
  })
}
