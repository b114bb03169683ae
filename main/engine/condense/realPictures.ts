import type * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'

/**
 * Draws real pictures of a class, [at most `count`, H, W, C] in [0, 1], at least one; the caller disposes. All chance
 * comes from `rng`, so that a condensation can be repeated.
 */
export type RealPictures = (label: number, count: number, rng: Rng) => tf.Tensor4D
