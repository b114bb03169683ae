import * as tf from '@tensorflow/tfjs-core'
import { NOISE_WIDTH } from '../flow'
import type { Rng } from '../rng'
import { disposeParams, type Params } from '../tensor'
import type { CompiledCondensing } from './compiled'
import type { ClassPictures } from './objective'
import { realGradient } from './realGradient'
import type { RealPictures } from './realPictures'
import type { CondenseSettings } from './settings'

/** Dequantisation noise in flow units, uniform in [0, 1/256). */
export function drawNoise(shape: [number, number, number, number], rng: Rng): tf.Tensor4D {
  const values = rng.uniformArray(tf.util.sizeFromShape(shape)).map((value) => value * NOISE_WIDTH)
  return tf.tensor4d(values, shape)
}

/** The synthetic pictures, class by class; the caller disposes. */
export function classPictures(x: tf.Tensor4D, noise: tf.Tensor4D, perClass: number): ClassPictures[] {
  const part = (t: tf.Tensor4D, label: number) => tf.slice4d(t, [label * perClass, 0, 0, 0], [perClass, -1, -1, -1])
  return Array.from({ length: x.shape[0] / perClass }, (_, label) => ({
    x: part(x, label),
    noise: part(noise, label),
    label,
  }))
}

/**
 * Matching distance summed over the classes and its gradient with respect to all synthetic pixels, one class after the
 * other: each against a fresh batch of real pictures.
 *
 * @param of `classes`: disposed; `pause`: awaited behind each class
 */
export async function matchAll(
  { compiled, settings, real }: { compiled: CompiledCondensing; settings: CondenseSettings; real: RealPictures },
  params: Params,
  of: { classes: readonly ClassPictures[]; rng: Rng; pause: () => Promise<void> },
): Promise<{ distance: number; gradient: tf.Tensor4D }> {
  const { realBatch, realChunk: chunk } = settings
  let distance = 0
  const gradients: tf.Tensor4D[] = []
  for (const own of of.classes) {
    const pictures = real(own.label, realBatch, of.rng)
    const wanted = realGradient(compiled.net, params, { pictures, label: own.label, chunk }).gradient
    const { value, gradient } = compiled.matchGradient({ params, wanted }, own)
    distance += value.dataSync()[0] ?? NaN
    disposeParams(wanted)
    tf.dispose([pictures, value, own.x, own.noise])
    gradients.push(gradient)
    await of.pause()
  }
  const gradient = tf.concat4d(gradients, 0)
  tf.dispose(gradients)
  return { distance, gradient }
}
