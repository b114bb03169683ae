import * as tf from '@tensorflow/tfjs-core'
import { param, type Params } from '../tensor'
import { levelShapes, type FlowConfig } from './config'
import { couplingForward } from './coupling'
import { foldCouplings } from './couplingFold'
import type { GrownFlow } from './grow'
import { foldMixes, mixForward } from './mix'
import { squeeze } from './squeeze'

const SMALLEST_STD = 1e-6

/**
 * Data-dependent start (Glow): one forward pass in which every actnorm is set from what arrives at it, then used:
 * bias = −mean, logs = −ln(max(std, 1e-6)), std with n − 1; over batch and positions for channels, over the batch alone
 * for the prior. The inner actnorms of the coupling networks too.
 *
 * @param g first batch in flow range [N, H, W, C], N ≥ 2
 * @returns new weights; `params` stay the caller's
 */
export function initialiseActnorms(config: FlowConfig, params: Params, g: tf.Tensor4D): Params {
  return initialiseNewActnorms(config, { params, known: {} }, g)
}

/** The same for a flow that has grown: what it knows stays as it is. */
export function initialiseNewActnorms(config: FlowConfig, { params, known }: GrownFlow, g: tf.Tensor4D): Params {
  return tf.tidy(() => {
    const set: Record<string, tf.Tensor> = { ...params }
    const normalise: Normalise = (name, x, axes) => {
      for (const [part, tensor] of Object.entries(normalising(name, x, axes)))
        set[part] = keepingFirst(known[name] ?? 0, param(set, part), tensor)
    }
    let x = g
    for (const [index, shape] of levelShapes(config).entries()) {
      x = squeeze(x)
      for (let k = 0; k < shape.steps; k++) {
        const prefix = `level${index}.step${k}`
        normalise(`${prefix}.actnorm`, x, [0, 1, 2])
        const [mix] = foldMixes(set, [prefix], shape)
        if (!mix) throw new Error(`no mix for ${prefix}`)
        x = mixForward(mix, x)
        initialiseNetwork({ set, normalise }, `${prefix}.coupling`, tf.split(x, 2, 3)[0] as tf.Tensor4D)
        const [coupling] = foldCouplings(set, [prefix], { affine: config.coupling === 'affine', frozen: true })
        if (!coupling) throw new Error(`no coupling for ${prefix}`)
        x = couplingForward(coupling, x).output
      }
      const last = index === config.levels - 1
      const [leaving, going] = last ? [x, x] : (tf.split(x, 2, 3) as [tf.Tensor4D, tf.Tensor4D])
      normalise(`level${index}.prior.actnorm`, leaving, [0])
      x = going
    }
    return Object.fromEntries(Object.entries(set).map(([name, tensor]) => [name, tf.clone(tensor)]))
  })
}

type Normalise = (name: string, x: tf.Tensor4D, axes: number[]) => void

function initialiseNetwork(
  { set, normalise }: { set: Params; normalise: Normalise },
  prefix: string,
  kept: tf.Tensor4D,
): void {
  let h = kept
  for (const layer of [1, 2]) {
    h = tf.conv2d(h, param(set, `${prefix}.conv${layer}.weight`) as tf.Tensor4D, 1, 'same')
    const actnorm = `${prefix}.actnorm${layer}`
    normalise(actnorm, h, [0, 1, 2])
    h = tf.relu(tf.mul(tf.add(h, param(set, `${actnorm}.bias`)), tf.exp(param(set, `${actnorm}.logs`))))
  }
}

/** `fresh` with its leading `count` channels from `old`; channels come last. */
function keepingFirst(count: number, old: tf.Tensor, fresh: tf.Tensor): tf.Tensor {
  const channels = fresh.shape[fresh.rank - 1] ?? 0
  if (count === 0) return fresh
  if (count === channels) return old
  const axis = fresh.rank - 1
  return tf.concat(
    [tf.split(old, [count, channels - count], axis)[0], tf.split(fresh, [count, channels - count], axis)[1]].filter(
      (t) => t !== undefined,
    ),
    axis,
  )
}

/** The actnorm that gives `x` mean 0 and standard deviation 1 over `axes`. */
function normalising(name: string, x: tf.Tensor4D, axes: number[]): Params {
  const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1)
  const mean = tf.mean(x, axes)
  const variance = tf.div(tf.sum(tf.square(tf.sub(x, mean)), axes), count - 1)
  return {
    [`${name}.bias`]: tf.neg(mean),
    [`${name}.logs`]: tf.neg(tf.log(tf.maximum(tf.sqrt(variance), SMALLEST_STD))),
  }
}
