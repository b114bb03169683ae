import * as tf from '@tensorflow/tfjs-core'
import { toFlowRange } from '../flow'
import { disposeParams, param, type Params } from '../tensor'
import type { CondenseNet } from './net'
import { targetsOf } from './targets'

/**
 * Gradient of the mean cross-entropy on real pictures of one class, under the weights' names. The batch goes through
 * in parts; the gradient is that of the whole.
 *
 * @param pictures of `label`, [N, H, W, C] in [0, 1]
 */
export function realGradient(
  net: CondenseNet,
  params: Params,
  { pictures, label, chunk }: { pictures: tf.Tensor4D; label: number; chunk: number },
): { loss: number; gradient: Params } {
  const count = pictures.shape[0]
  let gradient: Params | null = null
  let loss = 0
  for (let start = 0; start < count; start += chunk) {
    const length = Math.min(chunk, count - start)
    const part = tf.tidy(() => {
      const g = toFlowRange(tf.slice4d(pictures, [start, 0, 0, 0], [length, -1, -1, -1]))
      return net.lossGradient(params, { g, targets: targetsOf(label, length, net.config.classes) }, count)
    })
    loss += part.loss.dataSync()[0] ?? NaN
    part.loss.dispose()
    gradient = gradient ? added(gradient, part.gradient) : part.gradient
  }
  if (!gradient) throw new RangeError(`There are no real pictures of class ${label}`)
  return { loss, gradient }
}

/** Their sum; both are disposed. */
function added(a: Params, b: Params): Params {
  const sum = tf.tidy(() => Object.fromEntries(Object.entries(a).map(([name, t]) => [name, tf.add(t, param(b, name))])))
  disposeParams(a)
  disposeParams(b)
  return sum
}
