import * as tf from '@tensorflow/tfjs-core'
import { initFlow, type FlowConfig } from '../../main/engine/flow'
import { seededRng, type Rng } from '../../main/engine/rng'
import type { Params } from '../../main/engine/tensor'

/** Weights of a flow in which no term is trivially zero: what initialisation leaves at 0 is small and random here. */
export function randomFlowParams(config: FlowConfig, seed: number): Params {
  const rng = seededRng(seed)
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(initFlow(config, rng)).map(([name, tensor]) => {
        const shaken = /\.(p|sign_s|l|u)$/.test(name) ? tensor : tf.add(tensor, randomTensor(rng, tensor.shape, 0.2))
        return [name, shaken]
      }),
    ),
  )
}

export function randomTensor(rng: Rng, shape: number[], scale: number): tf.Tensor {
  return tf.mul(tf.tensor(rng.normalArray(tf.util.sizeFromShape(shape)), shape), scale)
}
