import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'
import { roundToLevels } from '../tensor'
import type { CondenseNetConfig } from './config'
import type { RealPictures } from './realPictures'
import type { CondenseSettings } from './settings'

const START_SPREAD = 0.2
/** Half a grey level: real pixels of 0 and 1 come back as they were when rounded, and the sigmoid still has a slope. */
const EDGE = 1 / 512

/** Shape of all synthetic pictures, those of class 0 first. */
export function syntheticShape(net: CondenseNetConfig, perClass: number): [number, number, number, number] {
  return [net.classes * perClass, net.size, net.size, net.channels]
}

/** round(255·sigmoid(α))/255, straight-through. */
export function picturesOf(alpha: tf.Tensor1D, shape: [number, number, number, number]): tf.Tensor4D {
  return tf.tidy(() => roundToLevels(tf.reshape(tf.sigmoid(alpha), shape)))
}

/** A gradient with respect to the pixels as one with respect to α: times sigmoid′(α). */
export function toAlpha(alpha: tf.Tensor1D, pixelGradient: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    const s = tf.sigmoid(alpha)
    return tf.mul(tf.reshape(pixelGradient, [-1]), tf.mul(s, tf.sub(1, s)))
  })
}

/** α before the first step: 0.2·N(0, 1), or the logits of real pictures of each class. */
export function startingAlpha(
  net: CondenseNetConfig,
  settings: Pick<CondenseSettings, 'start' | 'perClass'>,
  { real, rng }: { real: RealPictures; rng: Rng },
): tf.Tensor1D {
  const length = tf.util.sizeFromShape(syntheticShape(net, settings.perClass))
  if (settings.start === 'noise') return tf.tensor1d(rng.normalArray(length).map((value) => value * START_SPREAD))
  return tf.tidy(() => {
    const pictures = Array.from({ length: net.classes }, (_, label) => real(label, settings.perClass, rng))
    const x = tf.clipByValue(tf.reshape(tf.concat4d(pictures, 0), [-1]), EDGE, 1 - EDGE)
    return tf.log(tf.div(x, tf.sub(1, x))) as tf.Tensor1D
  })
}
