import * as tf from '@tensorflow/tfjs-core'
import type { Params } from '../../engine/tensor'
import type { StoredTensors } from '../../ports'

/** Weights from disk as tensors; the caller disposes them. */
export function toParams(stored: StoredTensors): Params {
  return Object.fromEntries(
    Object.entries(stored).map(([name, { data, shape }]) => [
      name,
      tf.tensor(Float32Array.from(data), [...shape], 'float32'),
    ]),
  )
}

/** The other way round: tensors as they are stored, under their names behind `prefix`; they stay the caller's. */
export function toStored(tensors: Readonly<Record<string, tf.Tensor>>, prefix = ''): StoredTensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      prefix + name,
      { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) },
    ]),
  )
}
