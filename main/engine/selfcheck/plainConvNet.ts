import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit'
import { param, type Params } from '../tensor'

/**
 * The classifier of the golden sets: conv 3×3 → ReLU → average pool 2 → conv 3×3 → ReLU → mean over positions → dense.
 *
 * @param stored weights as stored: convolutions [out, in, 3, 3], dense [out, in]
 * @returns the network with its own copies of the weights (convolutions [3, 3, in, out], dense [in, out])
 */
export function plainConvNet(stored: Params): AuditedNetwork {
  const weights = tf.tidy(() => ({
    'conv1.weight': tf.transpose(param(stored, 'conv1.weight'), [2, 3, 1, 0]),
    'conv1.bias': tf.clone(param(stored, 'conv1.bias')),
    'conv2.weight': tf.transpose(param(stored, 'conv2.weight'), [2, 3, 1, 0]),
    'conv2.bias': tf.clone(param(stored, 'conv2.bias')),
    'fc.weight': tf.transpose(param(stored, 'fc.weight')),
    'fc.bias': tf.clone(param(stored, 'fc.bias')),
  }))
  const layer = (name: 'conv1' | 'conv2' | 'fc') => ({
    name,
    parameters: weights[`${name}.weight`].size + weights[`${name}.bias`].size,
    weights: [`${name}.weight`, `${name}.bias`],
  })
  return {
    layers: [layer('conv1'), layer('conv2'), layer('fc')],
    weights,
    boundary: 0,
    run(x, options = {}) {
      const used: Params = options.weights ?? weights
      const relu = options.relu ?? tf.relu
      const inputs: tf.Tensor[] = []
      const enter = <T extends tf.Tensor>(value: T): T => {
        const offset = options.offsets?.[inputs.length]
        const input = offset ? tf.add<T>(value, offset) : value
        inputs.push(input)
        return input
      }
      const convolve = (value: tf.Tensor4D, name: string) =>
        tf.add(tf.conv2d(value, param(used, `${name}.weight`) as tf.Tensor4D, 1, 'same'), param(used, `${name}.bias`))
      const first = relu(convolve(enter(x), 'conv1')) as tf.Tensor4D
      const second = relu(convolve(enter(averageByTwo(first)), 'conv2'))
      const features = enter(tf.mean(second, [1, 2])) as tf.Tensor2D
      const logits = tf.add(tf.matMul(features, param(used, 'fc.weight')), param(used, 'fc.bias')) as tf.Tensor2D
      return { logits, inputs }
    },
  }
}

/** Mean of 2×2 pixels, written so that it can be differentiated twice. */
function averageByTwo(x: tf.Tensor4D): tf.Tensor4D {
  const [n, h, w, c] = x.shape
  return tf.mean(tf.reshape(x, [n, h / 2, 2, w / 2, 2, c]), [2, 4])
}
