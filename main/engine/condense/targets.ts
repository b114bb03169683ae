import * as tf from '@tensorflow/tfjs-core'

/** Certainty of one class for `count` pictures [count, classes]. */
export function targetsOf(label: number, count: number, classes: number): tf.Tensor2D {
  return oneHot(new Array<number>(count).fill(label), classes)
}

/** Certainty of each picture's class [N, classes]. */
export function oneHot(labels: readonly number[], classes: number): tf.Tensor2D {
  const values = new Float32Array(labels.length * classes)
  labels.forEach((label, row) => (values[row * classes + label] = 1))
  return tf.tensor2d(values, [labels.length, classes])
}
