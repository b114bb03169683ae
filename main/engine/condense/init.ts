import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'
import type { Params } from '../tensor'
import { blockNames, featureSize, type CondenseNetConfig } from './config'

/**
 * Starting weights: kernels, dense weights and biases uniform in ±1/√fan_in (PyTorch's default start, which the authors'
 * networks have), normalisation scale 1 and shift 0.
 */
export function initCondenseNet(config: CondenseNetConfig, rng: Rng): Params {
  const { channels, width, classes } = config
  const params: Record<string, tf.Tensor> = {}
  blockNames(config).forEach((name, block) => {
    const entering = block === 0 ? channels : width
    const draw = uniform(rng, 9 * entering)
    params[`${name}.conv.weight`] = draw([3, 3, entering, width])
    params[`${name}.conv.bias`] = draw([width])
    params[`${name}.norm.weight`] = tf.ones([width])
    params[`${name}.norm.bias`] = tf.zeros([width])
  })
  const features = featureSize(config) ** 2 * width
  const draw = uniform(rng, features)
  params['classifier.weight'] = draw([features, classes])
  params['classifier.bias'] = draw([classes])
  return params
}

function uniform(rng: Rng, fanIn: number): (shape: number[]) => tf.Tensor {
  const bound = 1 / Math.sqrt(fanIn)
  return (shape) => {
    const values = rng.uniformArray(tf.util.sizeFromShape(shape)).map((value) => bound * (2 * value - 1))
    return tf.tensor(values, shape)
  }
}
