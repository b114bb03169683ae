import * as tf from '@tensorflow/tfjs-core'

/** Puts another function in the place of a kernel of the native backend; it may still call the backend's own. */
export function replaceKernel(name: string, wrap: (own: tf.KernelFunc) => tf.KernelFunc): void {
  const own = tf.getKernel(name, 'tensorflow')
  tf.unregisterKernel(name, 'tensorflow')
  tf.registerKernel({ ...own, kernelFunc: wrap(own.kernelFunc) })
}
