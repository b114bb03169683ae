import { availableParallelism } from 'node:os'
import * as tf from '@tensorflow/tfjs-core'
import type { BackendName } from '../../../../contract'
import type { ComputeBackend } from '../../../ports'
import { installNativeConvolutions } from './nativeConvolutions'
import { installNativeKernels } from './nativeKernels'
import './nodeUtil'

/**
 * Native TensorFlow. One npm package serves both: which library lies under it, and whether a device answers, decides
 * between GPU and processor.
 *
 * @throws Error with the reason where it does not load or has no GPU though one was asked for
 */
export async function loadTensorflow(
  wanted: Extract<BackendName, 'tensorflow-gpu' | 'tensorflow'>,
  options: { hideGpu: boolean },
): Promise<Omit<ComputeBackend, 'refused'>> {
  // Read by the CUDA runtime when the library first looks for devices, which is at the import below.
  if (options.hideGpu) process.env['CUDA_VISIBLE_DEVICES'] = '-1'
  await import('@tensorflow/tfjs-node-gpu')
  if (!(await tf.setBackend('tensorflow'))) throw new Error('the native library did not start')
  await tf.ready()
  installNativeKernels()
  const native = describeNative(tf.backend())
  // A GPU's library chooses its own ways to convolve.
  if (!native.usesGpu) installNativeConvolutions()
  if (wanted === 'tensorflow-gpu' && !native.usesGpu) throw new Error('the library under it found no NVIDIA device')
  return {
    name: native.usesGpu ? 'tensorflow-gpu' : 'tensorflow',
    threads: threadsFromEnvironment(),
    versions: { 'tfjs-core': tf.version_core, tensorflow: native.version },
  }
}

function describeNative(backend: object): { usesGpu: boolean; version: string } {
  const usesGpu = 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true
  const binding = 'binding' in backend ? backend.binding : undefined
  const version = typeof binding === 'object' && binding && 'TF_Version' in binding ? binding.TF_Version : undefined
  return { usesGpu, version: typeof version === 'string' ? version : 'unknown' }
}

/** TensorFlow takes one thread a core unless told otherwise. */
function threadsFromEnvironment(): number {
  const told = Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? process.env['OMP_NUM_THREADS'])
  return Number.isInteger(told) && told > 0 ? told : availableParallelism()
}
