import * as tf from '@tensorflow/tfjs-core'

/** How many graphs the native backend holds loaded. */
export function savedModels(): number {
  return (tf.backend() as unknown as { getNumOfSavedModels(): number }).getNumOfSavedModels()
}
