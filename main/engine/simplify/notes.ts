import * as tf from '@tensorflow/tfjs-core'

/** Keeps tensors from the tidying of a differentiated pass, to hand them over once it is through. */
export function notes<Found extends object>() {
  const found = new Map<keyof Found, tf.Tensor>()
  return {
    keep<K extends keyof Found>(name: K, tensor: Found[K] & tf.Tensor): Found[K] & tf.Tensor {
      found.set(name, tf.keep(tensor))
      return tensor
    },
    /** As tensors of the current scope. */
    take(): Found {
      const own = [...found].map(([name, tensor]) => {
        const copy = tf.clone(tensor)
        tensor.dispose()
        return [name, copy] as const
      })
      return Object.fromEntries(own) as Found
    },
  }
}
export type Notes<Found extends object> = ReturnType<typeof notes<Found>>
