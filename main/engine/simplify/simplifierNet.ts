import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'
import { param, smoothed, type Params } from '../tensor'

interface SimplifierConfig {
  /** Side length, divisible by 8. */
  readonly size: number
  readonly channels: 1 | 3
  /** Channels at full resolution; twice and four times as many below. */
  readonly width: number
  /** Gaussian blur that the change is added to, σ in pixels; absent: the picture itself. The network sees the picture itself. */
  readonly blur?: number | undefined
}

/** The network s that simplifies. Pure: weights go in as a `Params`. */
export interface SimplifierNet {
  readonly config: SimplifierConfig
  /** Seeded starting weights, `<layer>.weight`, `.scale`, `.bias`, and `multiplier` = 0: the identity, or the blur. The caller disposes. */
  init(rng: Rng): Params
  /**
   * s(x) = sigmoid(logit(clamp(b, 1e-3, 1 − 1e-3)) + multiplier · unet(2x − 1)) with b = x or x blurred, not rounded; differentiable with respect to
   * the weights and x.
   *
   * @param x pictures [N, size, size, channels] in [0, 1]
   */
  apply(params: Params, x: tf.Tensor4D): tf.Tensor4D
}

const EDGE = 1e-3
const HALVINGS = 3
const KERNEL = 3

interface Layer {
  readonly name: string
  readonly inputs: number
  readonly outputs: number
}

/**
 * Residual U-Net in logit space (Schirrmeister et al. 2022): convolutions 3×3, per-channel scale and bias, ELU. Down by strides, up by
 * doubling pixels; what comes up is added to the features of the same resolution.
 *
 * @throws RangeError where the size is not divisible by 8
 */
export function simplifierNet(config: SimplifierConfig): SimplifierNet {
  if (config.size % 2 ** HALVINGS !== 0)
    throw new RangeError(`A simplifier’s pictures must have a side divisible by 8, not ${config.size}`)
  const layers = layersOf(config)
  return {
    config,
    init: (rng) =>
      Object.fromEntries([...layers.flatMap((layer) => initLayer(layer, rng)), ['multiplier', tf.scalar(0)]]),
    apply: (params, x) =>
      tf.tidy(() => {
        const base = config.blur === undefined ? x : smoothed(x, config.blur)
        const inside = tf.clipByValue(base, EDGE, 1 - EDGE)
        const logit = tf.log(tf.div(inside, tf.sub(1, inside)))
        const change = unet(params, tf.sub(tf.mul(x, 2), 1))
        return tf.sigmoid(tf.add(logit, tf.mul(change, param(params, 'multiplier')))) as tf.Tensor4D
      }),
  }
}

/** Names and shapes of a simplifier's weights. */
export function simplifierShapes(config: SimplifierConfig): Readonly<Record<string, readonly number[]>> {
  const entries = layersOf(config).flatMap(({ name, inputs, outputs }): [string, number[]][] => [
    [`${name}.weight`, [KERNEL, KERNEL, inputs, outputs]],
    [`${name}.scale`, [outputs]],
    [`${name}.bias`, [outputs]],
  ])
  return Object.fromEntries([...entries, ['multiplier', []]])
}

/** Layers by name; `down1` halves, `same1` stays at that resolution, `up1` leaves it. */
function layersOf({ channels, width }: SimplifierConfig): Layer[] {
  const widths = [width, 2 * width, 4 * width, 4 * width]
  const at = (level: number) => widths[level] ?? width
  const levels = Array.from({ length: HALVINGS }, (_, i) => i + 1)
  return [
    { name: 'first', inputs: channels, outputs: width },
    ...levels.flatMap((level): Layer[] => [
      { name: `down${level}`, inputs: at(level - 1), outputs: at(level) },
      { name: `same${level}`, inputs: at(level), outputs: at(level) },
      { name: `up${level}`, inputs: at(level), outputs: at(level - 1) },
    ]),
    { name: 'last', inputs: width, outputs: channels },
  ]
}

function unet(params: Params, x: tf.Tensor4D): tf.Tensor4D {
  let h = tf.elu(convolve(params, { name: 'first' }, x))
  const kept = [h]
  for (let level = 1; level <= HALVINGS; level++) {
    h = tf.elu(convolve(params, { name: `down${level}`, stride: 2 }, h))
    h = tf.elu(convolve(params, { name: `same${level}` }, h))
    kept.push(h)
  }
  for (let level = HALVINGS; level > 0; level--)
    h = tf.elu(tf.add(doubled(convolve(params, { name: `up${level}` }, h)), kept[level - 1] ?? h))
  return convolve(params, { name: 'last' }, h)
}

/** scale · convolution + bias, the scale folded into the kernel. */
function convolve(params: Params, layer: { name: string; stride?: 2 }, x: tf.Tensor4D): tf.Tensor4D {
  const { name, stride = 1 } = layer
  const kernel = tf.mul(param(params, `${name}.weight`), param(params, `${name}.scale`)) as tf.Tensor4D
  return tf.add(tf.conv2d(x, kernel, stride, 'same'), param(params, `${name}.bias`))
}

function doubled(x: tf.Tensor4D): tf.Tensor4D {
  return tf.image.resizeNearestNeighbor(x, [2 * x.shape[1], 2 * x.shape[2]])
}

function initLayer({ name, inputs, outputs }: Layer, rng: Rng): [string, tf.Tensor][] {
  const fan = KERNEL * KERNEL * inputs
  const values = rng.normalArray(fan * outputs).map((value) => value / Math.sqrt(fan))
  return [
    [`${name}.weight`, tf.tensor4d(values, [KERNEL, KERNEL, inputs, outputs])],
    [`${name}.scale`, tf.ones([outputs])],
    [`${name}.bias`, tf.zeros([outputs])],
  ]
}
