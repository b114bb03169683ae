import * as tf from '@tensorflow/tfjs-core'
import type { ComputeBackend } from '../../../ports'
import { registerWasmKernels } from './wasmKernels'

/**
 * WebAssembly: runs everywhere, about ten times slower. The kernels that it lacks for gradients are added here.
 *
 * @throws Error where the module does not load
 */
export async function loadWasm(): Promise<Omit<ComputeBackend, 'refused'>> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  // tfjs-core alone registers no gradients; the union package, which the native backend brings along, does.
  await import('@tensorflow/tfjs')
  registerWasmKernels()
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly module did not start')
  await tf.ready()
  return {
    name: 'wasm',
    threads: wasm.getThreadsCount(),
    versions: { 'tfjs-core': tf.version_core, 'tfjs-backend-wasm': wasm.version_wasm },
  }
}
