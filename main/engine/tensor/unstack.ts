import * as tf from '@tensorflow/tfjs-core'

/** tf.unstack along the first axis, differentiable also where that axis has one entry (its own gradient fails there, 4.22). */
export function unstackFirst(x: tf.Tensor): tf.Tensor[] {
  return x.shape[0] === 1 ? [tf.squeeze(x, [0])] : tf.unstack(x)
}
