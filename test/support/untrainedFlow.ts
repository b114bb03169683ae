import * as tf from '@tensorflow/tfjs-core'
import { modelName, sha256, type FlowConfig } from '../../contract'
import type { ReadyModels } from '../../main/adapters/compute/readyModels'
import { initFlow, initialiseActnorms, prepareFlow } from '../../main/engine/flow'
import { seededRng } from '../../main/engine/rng'
import { disposeParams } from '../../main/engine/tensor'

/** Models of which there is one: a small seeded flow that has seen one batch of noise. */
export function untrainedFlow(config: FlowConfig): ReadyModels {
  const rng = seededRng(1)
  const initial = initFlow(config, rng)
  const shape: [number, number, number, number] = [8, config.size, config.size, config.channels]
  const batch = tf.tidy(
    () => tf.sub(tf.tensor4d(rng.uniformArray(tf.util.sizeFromShape(shape)), shape), 0.5) as tf.Tensor4D,
  )
  const started = initialiseActnorms(config, initial, batch)
  const flow = prepareFlow(config, started)
  disposeParams(initial)
  disposeParams(started)
  batch.dispose()
  const none = () => Promise.reject(new Error('There is only a flow here'))
  const ready = { name: modelName.parse('glow-small'), sha256: sha256.parse('0'.repeat(64)), flow }
  return { flow: () => Promise.resolve(ready), classifier: none, simplifier: none }
}
