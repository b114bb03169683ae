import * as tf from '@tensorflow/tfjs-core'
import { bitsAndMap } from '../flow'
import type { AuditProblem } from './problem'

/** What one 8-bit picture costs, and how the classifier reads it. */
export interface PictureScore {
  /** Mean over the noise draws used. */
  readonly bits: number
  /** Bits per pixel, mean over the noise draws: sums to `bits`. */
  readonly map: Float32Array
  /** Calibrated logit of the finding. */
  readonly logit: number
  readonly distance: number
  readonly kl: number
}

/** @param draws how many of the problem's noises to use */
export function scorePicture(problem: AuditProblem, picture: tf.Tensor4D, draws: number): PictureScore {
  const { bits, map } = measureBits(problem, picture, draws)
  const read = tf.tidy(() => {
    const match = problem.matcher.compare(picture, 0.5)
    const logit = tf.sum(tf.mul(match.logits, tf.tensor1d([-1, 1])))
    return tf.stack([logit, tf.sum(match.distance), tf.sum(match.kl)])
  })
  const [logit = NaN, distance = NaN, kl = NaN] = read.dataSync()
  read.dispose()
  return { bits, map, logit, distance, kl }
}

/** Bits and bit map alone. */
export function measureBits(
  problem: AuditProblem,
  picture: tf.Tensor4D,
  draws: number,
): { bits: number; map: Float32Array } {
  const { size, noises, flow } = problem
  const [bits, map] = tf.tidy(() => {
    const noise = draws === noises.shape[0] ? noises : tf.slice4d(noises, [0, 0, 0, 0], [draws, -1, -1, -1])
    const found = bitsAndMap(flow, tf.tile(picture, [draws, 1, 1, 1]), noise)
    return [tf.mean(found.bits), tf.reshape(tf.mean(found.map, 0), [size * size])]
  }) as [tf.Scalar, tf.Tensor1D]
  const read = { bits: bits.dataSync()[0] ?? NaN, map: Float32Array.from(map.dataSync()) }
  tf.dispose([bits, map])
  return read
}
