import * as tf from '@tensorflow/tfjs-core'
import { param, type Params } from '../tensor'

/** The small network of a coupling with its actnorms and output scale folded into three convolutions with bias. */
export interface CouplingWeights {
  readonly affine: boolean
  /** [3, 3, C/2, hidden], [hidden] */
  readonly kernel1: tf.Tensor4D
  readonly bias1: tf.Tensor1D
  /** [1, 1, hidden, hidden], [hidden] */
  readonly kernel2: tf.Tensor4D
  readonly bias2: tf.Tensor1D
  /** [3, 3, hidden, outputs], [outputs]: all shifts first, then all raw scales with their + 2. */
  readonly kernel3: tf.Tensor4D
  readonly bias3: tf.Tensor1D
}

export interface LayerOutput {
  readonly output: tf.Tensor4D
  /** Log-determinant at each position, [N, h, w]; null where it is 0 everywhere. */
  readonly logDet: tf.Tensor3D | null
}

/**
 * Folds: actnorm(conv(x, k)) = conv(x, k·exp(logs)) + b·exp(logs), and conv3's output scale exp(3·logs).
 * Differentiable; training folds anew each step, a frozen flow once.
 */
export function foldCoupling(params: Params, prefix: string, affine: boolean): CouplingWeights {
  const at = (name: string) => param(params, `${prefix}.coupling.${name}`)
  return tf.tidy(() => {
    const scale1 = tf.exp(at('actnorm1.logs'))
    const scale2 = tf.exp(at('actnorm2.logs'))
    const scale3 = tf.exp(tf.mul(at('conv3.logs'), 3))
    const kernel3 = tf.mul(at('conv3.weight'), scale3) as tf.Tensor4D
    const bias3 = tf.mul(at('conv3.bias'), scale3) as tf.Tensor1D
    const half = bias3.shape[0] / 2
    return {
      affine,
      kernel1: tf.mul(at('conv1.weight'), scale1) as tf.Tensor4D,
      bias1: tf.mul(at('actnorm1.bias'), scale1) as tf.Tensor1D,
      kernel2: tf.mul(at('conv2.weight'), scale2) as tf.Tensor4D,
      bias2: tf.mul(at('actnorm2.bias'), scale2) as tf.Tensor1D,
      kernel3: affine ? evenThenOdd(kernel3) : kernel3,
      bias3: affine
        ? (tf.add(evenThenOdd(bias3), tf.concat1d([tf.zeros([half]), tf.fill([half], 2)])) as tf.Tensor1D)
        : bias3,
    }
  })
}

/** Reorders the last axis 0,1,2,3,… to 0,2,…,1,3,…: shifts are the even, raw scales the odd outputs. */
function evenThenOdd<T extends tf.Tensor>(x: T): T {
  const channels = x.shape[x.rank - 1] ?? 0
  const leading = x.size / channels
  const pairs = tf.transpose(tf.reshape(x, [leading, channels / 2, 2]), [0, 2, 1])
  return tf.reshape(pairs, x.shape) as T
}

/** conv3×3 → ReLU → conv1×1 → ReLU → conv3×3 on the half that stays; [N, h, w, C/2] → [N, h, w, outputs]. */
export function couplingNetwork(weights: CouplingWeights, kept: tf.Tensor4D): tf.Tensor4D {
  const { kernel1, kernel2, kernel3, bias1, bias2, bias3 } = weights
  const conv = { strides: 1, pad: 'same' } as const
  return tf.tidy(() => {
    const first = tf.fused.conv2d({ ...conv, x: kept, filter: kernel1, bias: bias1, activation: 'relu' })
    const second = tf.fused.conv2d({ ...conv, x: first, filter: kernel2, bias: bias2, activation: 'relu' })
    return tf.fused.conv2d({ ...conv, x: second, filter: kernel3, bias: bias3 })
  })
}

/**
 * y1 = x1, y2 = (x2 + t)·sigmoid(r + 2) with t, r from x1 (affine), y2 = x2 + t (additive).
 * Log-determinant at a position: Σ over channels of log sigmoid(r + 2).
 */
export function couplingForward(weights: CouplingWeights, x: tf.Tensor4D): LayerOutput {
  return withHalves(x, (kept, changed) => {
    const outputs = couplingNetwork(weights, kept)
    if (!weights.affine) return { changed: tf.add(changed, outputs), logDet: null }
    const [shift, raw] = tf.split(outputs, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
    return { changed: tf.mul(tf.add(changed, shift), tf.sigmoid(raw)), logDet: tf.sum(logSigmoid(raw), 3) }
  })
}

/** The inverse: x2 = y2/sigmoid(r + 2) − t; `logDet` is the *forward* log-determinant at the recovered input. */
export function couplingInverse(weights: CouplingWeights, y: tf.Tensor4D): LayerOutput {
  return withHalves(y, (kept, changed) => {
    const outputs = couplingNetwork(weights, kept)
    if (!weights.affine) return { changed: tf.sub(changed, outputs), logDet: null }
    const [shift, raw] = tf.split(outputs, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
    // 1/sigmoid(r) = 1 + exp(−r): no division on the way back
    const inverseScale = tf.add(tf.exp(tf.neg(raw)), 1)
    return { changed: tf.sub(tf.mul(changed, inverseScale), shift), logDet: tf.sum(logSigmoid(raw), 3) }
  })
}

/** log sigmoid(r) = −softplus(−r); tf.logSigmoid's own gradient loses its input inside a tidy (4.22). */
function logSigmoid(raw: tf.Tensor4D): tf.Tensor4D {
  return tf.neg(tf.softplus(tf.neg(raw)))
}

type HalfMap = (kept: tf.Tensor4D, changed: tf.Tensor4D) => { changed: tf.Tensor; logDet: tf.Tensor | null }

/** Intermediates are freed by the caller's tidy. */
function withHalves(x: tf.Tensor4D, change: HalfMap): LayerOutput {
  const [kept, changing] = tf.split(x, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
  const { changed, logDet } = change(kept, changing)
  return { output: tf.concat([kept, changed as tf.Tensor4D], 3), logDet: logDet as tf.Tensor3D | null }
}
