import * as tf from '@tensorflow/tfjs-core'
import { logOdds, probabilityOf, type AuditedNetwork } from '../../../engine/audit'
import { SIGN_SIDE } from './signs'

const BATCH = 32

/** Probabilities of pictures of SIGN_SIDE × SIGN_SIDE levels. */
export function probabilities(network: AuditedNetwork, pictures: readonly Uint8Array[]): number[] {
  const found: number[] = []
  for (let first = 0; first < pictures.length; first += BATCH) {
    const batch = pictures.slice(first, first + BATCH)
    const logits = tf.tidy(() => {
      const values = Float32Array.from(batch.flatMap((levels) => [...levels]))
      const x = tf.div(tf.tensor4d(values, [batch.length, SIGN_SIDE, SIGN_SIDE, 1]), 255) as tf.Tensor4D
      return logOdds(network.run(x).logits).dataSync()
    })
    for (const logit of logits) found.push(probabilityOf(logit))
  }
  return found
}
