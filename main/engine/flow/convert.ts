import * as tf from '@tensorflow/tfjs-core'
import { type Params } from '../tensor'
import { levelShapes, type FlowConfig } from './config'

/**
 * From the exchange convention (golden vectors, weights files: kernels [out, in, kh, kw], prior vectors [c·h·w] in (C, H, W)
 * order) to the engine's (kernels [kh, kw, in, out], prior [h, w, c]). Names are the same; a stored product `conv1x1.w`, which
 * the factors give anyway, is left out.
 *
 * @returns fresh tensors, the caller's
 * @throws RangeError where a prior's name is of a level that the flow does not have
 */
export function importFlow(config: FlowConfig, stored: Params): Params {
  return convert(stored, {
    kernel: (tensor) => tf.transpose(tensor, [2, 3, 1, 0]),
    prior: (tensor, level) => {
      const { size, toPrior } = shapeOf(config, level)
      return tf.transpose(tf.reshape(tensor, [toPrior, size, size]), [1, 2, 0])
    },
  })
}

/** The way back of `importFlow`: fresh tensors in the exchange convention, the caller's. */
export function exportFlow(params: Params): Params {
  return convert(params, {
    kernel: (tensor) => tf.transpose(tensor, [3, 2, 0, 1]),
    prior: (tensor) => tf.reshape(tf.transpose(tensor, [2, 0, 1]), [-1]),
  })
}

interface Conversion {
  readonly kernel: (tensor: tf.Tensor) => tf.Tensor
  readonly prior: (tensor: tf.Tensor, level: number) => tf.Tensor
}

function convert(params: Params, how: Conversion): Params {
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(params)
        .filter(([name]) => !name.endsWith('.conv1x1.w'))
        .map(([name, tensor]) => {
          const level = /^level(\d+)\.prior\./.exec(name)
          if (level) return [name, how.prior(tensor, Number(level[1]))]
          return [name, tensor.rank === 4 ? how.kernel(tensor) : tf.clone(tensor)]
        }),
    ),
  )
}

function shapeOf(config: FlowConfig, level: number) {
  const shape = levelShapes(config)[level]
  if (!shape) throw new RangeError(`The flow has ${config.levels} levels, there is no level ${level}`)
  return shape
}

/** Fixed after initialisation: permutation and signs of the 1×1 convolutions. All else is trained. */
export function isTrainable(name: string): boolean {
  return !name.endsWith('.conv1x1.p') && !name.endsWith('.conv1x1.sign_s')
}
