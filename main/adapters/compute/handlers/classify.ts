import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError } from '../../../../contract'
import { probabilityOf } from '../../../engine/audit'
import { giveWay } from '../giveWay'
import type { Handler } from '../handler'
import { batches, checkPictures, toPictures } from '../pictures'
import type { ReadyNetwork } from '../readyNetworks'

/** Side of the pictures where the classifier takes any: as the product makes them. */
const sideOf = ({ size }: ReadyNetwork, pictures: Uint8Array, count: number) =>
  size ?? Math.round(Math.sqrt(pictures.length / Math.max(1, count)))

/** Calibrated probability and decision of the classifier for any number of pictures. */
export const classify: Handler<'classify'> = async ({ model, pictures, count }, call) => {
  const ready = await call.networks.network(model)
  const size = sideOf(ready, pictures, count)
  checkPictures(pictures, count, size)
  const rows: Row[] = []
  for (const range of batches(count)) {
    await giveWay()
    if (call.signal.aborted) throw new SimpleBitsError('CANCELLED', 'The classification was cancelled.')
    const logits = tf.tidy(() => logitsOf(ready, toPictures(pictures, size, range)))
    rows.push(...Array.from(logits, (logit) => decide(ready, logit)))
  }
  return { threshold: ready.threshold, rows }
}

type Row = Awaited<ReturnType<Handler<'classify'>>>['rows'][number]

/** Calibrated logits of the finding, one a picture; call within tf.tidy. */
function logitsOf({ network }: ReadyNetwork, x: tf.Tensor4D): Float32Array {
  return Float32Array.from(network.run(x).logits.dataSync())
}

function decide({ threshold }: ReadyNetwork, logit: number): Row {
  const probability = probabilityOf(logit)
  return { probability, logit, decision: probability >= threshold }
}
