import * as tf from '@tensorflow/tfjs-core'
import { flowForward, flowInverse, NOISE_WIDTH, toFlowRange, type PreparedFlow } from '../flow'
import type { Compiler } from '../tensor'
import { quantise } from './picture'

/** Latents of a picture in the middle of its grey levels, all flow levels in one vector [size²]. */
export function latentVector(flow: PreparedFlow, picture: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    const middle = tf.fill<tf.Rank.R4>(picture.shape, NOISE_WIDTH / 2)
    const { latents } = flowForward(flow, toFlowRange(picture, middle))
    return tf.concat1d(latents.map((z) => tf.reshape(z, [-1])))
  })
}

/** One vector as the flow's latents, level by level; differentiable. */
export function latentsByLevel(flow: PreparedFlow, vector: tf.Tensor1D): tf.Tensor4D[] {
  const shapes = flow.levels.map((level) => level.prior.bias.shape)
  const pieces = tf.split(vector, shapes.map(tf.util.sizeFromShape))
  return pieces.map((piece, level) => tf.reshape(piece, [1, ...(shapes[level] ?? [0, 0, 0])]) as tf.Tensor4D)
}

/** `pictureOfLatents`, compiled. */
export function compiledPicture(
  { flow, compiler }: { readonly flow: PreparedFlow; readonly compiler: Compiler },
  vector: tf.Tensor1D,
): tf.Tensor4D {
  const { of, fn } = pictureStep(flow)
  return compiler.run(of, fn, [vector])[0]
}

export function pictureStep(flow: PreparedFlow) {
  const fn = (latents: tf.Tensor1D): [tf.Tensor4D] => [pictureOfLatents(flow, latents)]
  return { of: { models: [flow], name: 'picture of latents' }, fn }
}

/** The 8-bit picture of latents. */
export function pictureOfLatents(flow: PreparedFlow, vector: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() => quantise(flowInverse(flow, latentsByLevel(flow, vector)).g))
}
