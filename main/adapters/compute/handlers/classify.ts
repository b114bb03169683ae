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
    const x = toPictures(pictures, size, range)
    rows.push(...Array.from(logitsOf(ready, x), (logit) => decide(ready, logit)))
    x.dispose()
  }
  return { threshold: ready.threshold, rows }
}

type Row = Awaited<ReturnType<Handler<'classify'>>>['rows'][number]

/** Calibrated logits of the finding, one a picture. */
function logitsOf({ network }: ReadyNetwork, x: tf.Tensor4D): Float32Array {
  const logits = tf.tidy(() => network.run(x).logits)
  const values = Float32Array.from(logits.dataSync())
  logits.dispose()
  return values
}

function decide({ threshold }: ReadyNetwork, logit: number): Row {
  const probability = probabilityOf(logit)
  return { probability, logit, decision: probability >= threshold }
}
