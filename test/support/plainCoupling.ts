import * as tf from '@tensorflow/tfjs-core'
import type { LayerOutput } from '../../main/engine/flow/coupling'
import type { CouplingWeights } from '../../main/engine/flow/couplingFold'

/** The coupling's equations in plain operations, differentiated by tfjs: what the hand-written backward pass must equal. */
export function plainCoupling(weights: CouplingWeights, x: tf.Tensor4D, direction: 'forward' | 'inverse'): LayerOutput {
  const [kept, changing] = tf.split(x, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
  const outputs = plainNetwork(weights, kept)
  const sign = direction === 'forward' ? 1 : -1
  if (!weights.affine)
    return { output: tf.concat([kept, tf.add(changing, tf.mul(outputs, sign)) as tf.Tensor4D], 3), logDet: null }
  const [shift, raw] = tf.split(outputs, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
  const scale = tf.sigmoid(raw)
  const changed =
    direction === 'forward' ? tf.mul(tf.add(changing, shift), scale) : tf.sub(tf.div(changing, scale), shift)
  return { output: tf.concat([kept, changed as tf.Tensor4D], 3), logDet: tf.sum(tf.neg(tf.softplus(tf.neg(raw))), 3) }
}

function plainNetwork(weights: CouplingWeights, kept: tf.Tensor4D): tf.Tensor4D {
  const layer = (x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor1D) =>
    tf.add(tf.conv2d(x, kernel, 1, 'same'), bias) as tf.Tensor4D
  const first = tf.relu(layer(kept, weights.kernel1, weights.bias1))
  const second = tf.relu(layer(first, weights.kernel2, weights.bias2))
  return layer(second, weights.kernel3, weights.bias3)
}
