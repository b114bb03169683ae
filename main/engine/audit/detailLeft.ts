import * as tf from '@tensorflow/tfjs-core'
import { detailScales, sharesByPixel } from './detail'
import type { AuditProblem } from './problem'

/** What a stop has left of the film's detail. */
export interface DetailLeft {
  /** Mean share of each scale, 0 … 1, the finest first. */
  readonly scales: number[]
  /** At each pixel the mean over the scales, which all count alike, as 0 … 255 [size²]: 255 is all of it. */
  readonly map: Uint8Array
}

/** Of the shares [S] that a stop's picture was made of. Where the film must stay, all of its detail is left. */
export function detailLeft({ size, kept }: Pick<AuditProblem, 'size' | 'kept'>, shares: Float32Array): DetailLeft {
  const [scales, map] = tf.tidy(() => {
    const found = sharesByPixel(tf.tensor1d(shares), size)
    const left = kept ? tf.maximum(found, tf.reshape(kept, [1, size, size])) : found
    return [tf.mean(left, [1, 2]), tf.mean(left, 0)] as [tf.Tensor1D, tf.Tensor2D]
  })
  const detail = {
    scales: Array.from(scales.dataSync<'float32'>()),
    map: Uint8Array.from(map.dataSync(), (share) => Math.round(255 * share)),
  }
  tf.dispose([scales, map])
  return detail
}

/** The σ in pixels that part the scales of `DetailLeft` from each other, ascending: a blur of σ takes away all that is finer. */
export function detailSigmas(size: number): number[] {
  return detailScales(size).flatMap(({ to }) => to ?? [])
}
