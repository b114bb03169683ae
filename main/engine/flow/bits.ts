import * as tf from '@tensorflow/tfjs-core'
import type { Compiler } from '../tensor'
import type { FlowConfig } from './config'
import type { PreparedFlow } from './fold'
import { flowForward } from './passes'

/** Width of one grey level in the flow's range: dequantisation noise is uniform in [0, NOISE_WIDTH). */
export const NOISE_WIDTH = 1 / 256
/** One unit of the flow's range, in pixels of pictures in [0, 1]. */
const PIXELS_PER_FLOW_UNIT = 256 / 255
/** bits = −log p/ln 2 + 8 a value: log2(256), the level's width. */
const BITS_PER_LEVEL = 8

/** g(x) = x·255/256 − 0.5 (+ noise); x in [0, 1], level k of 255 becomes k/256 − 0.5. */
export function toFlowRange(x: tf.Tensor4D, noise?: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const g = tf.add(tf.mul(x, 255 / 256), -0.5) as tf.Tensor4D
    return noise ? tf.add(g, noise) : g
  })
}

/**
 * What a classifier sees where the flow sees x·255/256 − ½ + noise: x + noise·256/255.
 *
 * @param x pictures [N, H, W, C] in [0, 1]
 * @param noise in flow units, [N, H, W, C]; one picture under several noises, or several under one, broadcast
 */
export function withNoise(x: tf.Tensor4D, noise: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => tf.add(x, tf.mul(noise, PIXELS_PER_FLOW_UNIT)))
}

/** Bits of each picture [N]: −(Σ of all log-density maps)/ln 2 + 8 a value. */
export function bitsOfMaps(config: FlowConfig, logDensity: readonly tf.Tensor3D[]): tf.Tensor1D {
  return tf.tidy(() => {
    const logp = tf.addN(logDensity.map((map) => tf.sum(map, [1, 2])))
    const constant = BITS_PER_LEVEL * config.size * config.size * config.channels
    return tf.add(tf.mul(logp, -1 / Math.LN2), constant) as tf.Tensor1D
  })
}

/**
 * The per-pixel bit map [N, H, W] in bits a pixel: every term of log p at its place, each level's position spread evenly
 * over its 2^l × 2^l pixels. The same maps that `bitsOfMaps` sums, so Σ map = bits. A decomposition of the model's cost,
 * not a causal attribution: couplings look at neighbours.
 */
function bitMapOfMaps(config: FlowConfig, logDensity: readonly tf.Tensor3D[]): tf.Tensor3D {
  return tf.tidy(() => {
    const spread = logDensity.map((map) => {
      const [n, h, w] = map.shape
      const side = config.size / h
      const cells = tf.tile(tf.reshape(map, [n, h, 1, w, 1]), [1, 1, side, 1, side])
      return tf.mul(tf.reshape(cells, [n, config.size, config.size]), -1 / (Math.LN2 * side * side))
    })
    return tf.add(tf.addN(spread), BITS_PER_LEVEL * config.channels) as tf.Tensor3D
  })
}

/** Bits of each picture [N], differentiable with respect to x. x in [0, 1] and noise [N, H, W, C]. */
export function bits(flow: PreparedFlow, x: tf.Tensor4D, noise: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => bitsOfMaps(flow.config, flowForward(flow, toFlowRange(x, noise)).logDensity))
}

/** Bits [N] and bit map [N, H, W] (bits a pixel) of each picture from one pass; x in [0, 1] and noise [N, H, W, C]. */
export function bitsAndMap(
  flow: PreparedFlow,
  x: tf.Tensor4D,
  noise: tf.Tensor4D,
): { bits: tf.Tensor1D; map: tf.Tensor3D } {
  return tf.tidy(() => {
    const { logDensity } = flowForward(flow, toFlowRange(x, noise))
    return { bits: bitsOfMaps(flow.config, logDensity), map: bitMapOfMaps(flow.config, logDensity) }
  })
}

/** `bitsAndMap` as a compiled function of x and noise, both [N, H, W, C]. */
export function compiledBits(
  compiler: Compiler,
  flow: PreparedFlow,
  inputs: [x: tf.Tensor4D, noise: tf.Tensor4D],
): { bits: tf.Tensor1D; map: tf.Tensor3D } {
  const { of, fn } = bitsStep(flow)
  const [bits, map] = compiler.run(of, fn, inputs)
  return { bits, map }
}

/** `bitsAndMap` as a pure function [x, noise] → [bits, map], and the name that it is compiled under. */
export function bitsStep(flow: PreparedFlow) {
  const fn = (x: tf.Tensor4D, noise: tf.Tensor4D): [tf.Tensor1D, tf.Tensor3D] => {
    const { bits, map } = bitsAndMap(flow, x, noise)
    return [bits, map]
  }
  return { of: { models: [flow], name: 'bits and map' }, fn }
}
