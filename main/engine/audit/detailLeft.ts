import * as tf from '@tensorflow/tfjs-core'
import { toLevels } from '../tensor'
import { detailScales, sharesByPixel } from './detail'
import type { AuditProblem } from './problem'

/** What a stop has left of the film's detail. */
export interface DetailLeft {
  /** Mean share of each scale, 0 … 1, the finest first. */
  readonly scales: number[]
  /** At each pixel the mean over the scales, which all count alike, as 0 … 255 [size²]: 255 is all of it. */
  readonly map: Uint8Array
}

/** How many scales, from the finest on, hold what is called fine: structures narrower than 3.3 pixels. */
const FINE_SCALES = 2

/** Of the shares [S] that a stop's picture was made of. Where the film must stay, all of its detail is left. */
export function detailLeft(problem: Restricted, shares: Float32Array): DetailLeft {
  const [scales, map] = tf.tidy(() => {
    const left = leftByPixel(problem, shares)
    return [tf.mean(left, [1, 2]), tf.mean(left, 0)] as [tf.Tensor1D, tf.Tensor2D]
  })
  const detail = { scales: Array.from(scales.dataSync<'float32'>()), map: toLevels(map) }
  tf.dispose([scales, map])
  return detail
}

/** As `DetailLeft.map`, of the finest scales alone: where narrow structures are left. */
export function fineDetailLeft(problem: Restricted, shares: Float32Array): Uint8Array {
  const map = tf.tidy(() => tf.mean(tf.slice(leftByPixel(problem, shares), 0, FINE_SCALES), 0))
  const fine = toLevels(map)
  map.dispose()
  return fine
}

type Restricted = Pick<AuditProblem, 'size' | 'kept'>

function leftByPixel({ size, kept }: Restricted, shares: Float32Array): tf.Tensor3D {
  const found = sharesByPixel(tf.tensor1d(shares), size)
  return kept ? tf.maximum(found, tf.reshape(kept, [1, size, size])) : found
}

/** The σ in pixels that part the scales of `DetailLeft` from each other, ascending: a blur of σ takes away all that is finer. */
export function detailSigmas(size: number): number[] {
  return detailScales(size).flatMap(({ to }) => to ?? [])
}
