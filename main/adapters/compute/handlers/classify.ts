import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError } from '../../../../contract'
import { giveWay, type Handler } from '../handler'
import { batches, checkPictures, toPictures } from '../pictures'
import type { ReadyClassifier } from '../preparedModels'

/** Calibrated probability and decision of the classifier's first head for any number of pictures. */
export const classify: Handler<'classify'> = async ({ model, pictures, count }, call) => {
  const ready = await call.prepared.classifier(model)
  const { size } = ready.file.config
  checkPictures(pictures, count, size)
  const rows: Row[] = []
  for (const range of batches(count)) {
    await giveWay()
    if (call.signal.aborted) throw new SimpleBitsError('CANCELLED', 'The classification was cancelled.')
    const x = toPictures(pictures, size, range)
    rows.push(...Array.from(firstHead(ready, x), (logit) => decide(ready, logit)))
    x.dispose()
  }
  return { threshold: ready.file.threshold, rows }
}

type Row = Awaited<ReturnType<Handler<'classify'>>>['rows'][number]

/** Raw logits of the finding, one a picture. */
function firstHead({ net, frozen }: ReadyClassifier, x: tf.Tensor4D): Float32Array {
  return tf.tidy(() => tf.slice2d(net.forward(frozen, x), [0, 0], [-1, 1]).dataSync<'float32'>().slice())
}

/** `logit` is the calibrated one: probability = sigmoid(logit). */
function decide({ file: { calibration, threshold } }: ReadyClassifier, raw: number): Row {
  const logit = raw / calibration.temperature + calibration.bias
  const probability = 1 / (1 + Math.exp(-logit))
  return { probability, logit, decision: probability >= threshold }
}
