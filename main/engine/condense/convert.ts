import * as tf from '@tensorflow/tfjs-core'
import type { Params } from '../tensor'
import { featureSize, type CondenseNetConfig } from './config'

/**
 * Between the exchange convention (kernels [out, in, kh, kw], dense [out, features in (C, H, W) order]) and the engine's
 * (kernels [kh, kw, in, out], dense [features in (H, W, C) order, out]). Names are the same.
 */
export function importCondenseNet(config: CondenseNetConfig, stored: Params): Params {
  const side = featureSize(config)
  return convert(stored, {
    kernel: (tensor) => tf.transpose(tensor, [2, 3, 1, 0]),
    dense: (tensor) => {
      const maps = tf.reshape(tensor, [config.classes, config.width, side, side])
      return tf.reshape(tf.transpose(maps, [2, 3, 1, 0]), [-1, config.classes])
    },
  })
}

export function exportCondenseNet(config: CondenseNetConfig, params: Params): Params {
  const side = featureSize(config)
  return convert(params, {
    kernel: (tensor) => tf.transpose(tensor, [3, 2, 0, 1]),
    dense: (tensor) => {
      const maps = tf.reshape(tensor, [side, side, config.width, config.classes])
      return tf.reshape(tf.transpose(maps, [3, 2, 0, 1]), [config.classes, -1])
    },
  })
}

interface Conversion {
  readonly kernel: (tensor: tf.Tensor) => tf.Tensor
  readonly dense: (tensor: tf.Tensor) => tf.Tensor
}

function convert(params: Params, how: Conversion): Params {
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(params).map(([name, tensor]) => {
        if (tensor.rank === 4) return [name, how.kernel(tensor)]
        return [name, tensor.rank === 2 ? how.dense(tensor) : tf.clone(tensor)]
      }),
    ),
  )
}
