import * as tf from '@tensorflow/tfjs-core'
import type { ParamLayout } from '../tensor'

/** A classifier's own training: the gain, the one scale that a standardised layer has, stays free. */
export const KERNELS: readonly string[] = ['.weight']
/** The joint training, as its authors do it (Schirrmeister et al. 2022). */
export const KERNELS_AND_GAINS: readonly string[] = ['.weight', '.gain']

/**
 * Which entries of a vector of weights decoupled weight decay applies to. Biases never decay.
 *
 * @param decaying what the names of the weights that decay end with
 * @returns 1 where it applies, 0 elsewhere, in the layout's order [total]; the caller disposes
 */
export function decayMask(layout: ParamLayout, decaying: readonly string[]): tf.Tensor1D {
  const decays = (name: string) => decaying.some((ending) => name.endsWith(ending))
  return tf.tidy(() =>
    tf.concat1d(layout.names.map((name, i) => tf.fill([layout.sizes[i] ?? 0], decays(name) ? 1 : 0))),
  )
}
