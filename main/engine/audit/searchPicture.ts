import type * as tf from '@tensorflow/tfjs-core'
import { pictureOfShares } from './detail'
import type { AuditProblem } from './problem'
import { keptTensors, withKeptTensors } from './restriction'

/** The 8-bit picture of the shares [S], the film where it must stay; compiled. */
export function compiledPicture(problem: AuditProblem, shares: tf.Tensor1D): tf.Tensor4D {
  const { of, fn } = pictureStep(problem)
  return problem.compiler.run(of, fn, pictureInputs(problem, shares))[0]
}

/** Shares, the film's bands and mean, then the restriction's tensors. */
type PictureInputs = [tf.Tensor1D, tf.Tensor3D, tf.Scalar, ...tf.Tensor[]]

export function pictureInputs(problem: AuditProblem, shares: tf.Tensor1D): PictureInputs {
  return [shares, problem.detail.bands, problem.detail.mean, ...keptTensors(problem)]
}

export function pictureStep({ flow, kept }: AuditProblem) {
  const fn = (...[shares, bands, mean, ...restriction]: PictureInputs): [tf.Tensor4D] => [
    withKeptTensors(restriction, pictureOfShares({ bands, mean }, shares)),
  ]
  return { of: { models: [flow], name: `picture of shares ${kept ? 'restricted' : 'whole'}` }, fn }
}
