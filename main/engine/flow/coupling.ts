import * as tf from '@tensorflow/tfjs-core'
import type { CouplingWeights } from './couplingFold'
import { networkBackward, networkForward, networkInputs, type NetworkTrace } from './couplingNetwork'

export interface LayerOutput {
  /** [N, h, w, C], as what went in. */
  readonly output: tf.Tensor4D
  /** Log-determinant at each position, [N, h, w]; null where it is 0 everywhere. */
  readonly logDet: tf.Tensor3D | null
}

/**
 * y1 = x1, y2 = (x2 + t)·sigmoid(r + 2) with t, r from x1 (affine), y2 = x2 + t (additive).
 * Log-determinant at a position: Σ over channels of log sigmoid(r + 2). Backward pass written by hand.
 *
 * @param x [N, h, w, C]; x1 its first half of channels, x2 the second
 */
export function couplingForward(weights: CouplingWeights, x: tf.Tensor4D): LayerOutput {
  return run(weights, x, weights.affine ? AFFINE : ADDITIVE)
}

/** The inverse: x2 = y2/sigmoid(r + 2) − t; `logDet` is the *forward* log-determinant at the recovered input. */
export function couplingInverse(weights: CouplingWeights, y: tf.Tensor4D): LayerOutput {
  return run(weights, y, weights.affine ? AFFINE_INVERSE : ADDITIVE_INVERSE)
}

/** How the changed half comes from itself and the network's outputs, and how gradients go back. */
interface Change {
  /** `saved`: what `backward` needs. `logDet`: [N, h, w, 1], absent where 0. */
  forward(
    changing: tf.Tensor4D,
    outputs: tf.Tensor4D,
  ): { changed: tf.Tensor4D; logDet?: tf.Tensor4D; saved: tf.Tensor4D[] }
  backward(gradient: ChangeGradient, saved: tf.Tensor4D[]): { dChanging: tf.Tensor4D; dOutputs: tf.Tensor4D }
}
interface ChangeGradient {
  readonly dChanged: tf.Tensor4D
  readonly dLogDet: tf.Tensor4D | undefined
}

const halves = (x: tf.Tensor4D) => tf.split(x, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('A coupling’s backward pass misses a tensor of its forward pass')
  return value
}

const AFFINE: Change = {
  forward(changing, outputs) {
    const [shift, raw] = halves(outputs)
    const scale = tf.sigmoid(raw)
    const changed = tf.mul(tf.add(changing, shift), scale) as tf.Tensor4D
    // log sigmoid(r) = −softplus(−r)
    const logDet = tf.neg(tf.sum(tf.softplus(tf.neg(raw)), 3, true)) as tf.Tensor4D
    return { changed, logDet, saved: [scale, changed] }
  },
  // y2 = (x2 + t)·s: dt = dx2 = dy2·s; dr = (1 − s)·(dy2·y2 + dlogdet)
  backward({ dChanged, dLogDet }, saved) {
    const [scale, changed] = [need(saved[0]), need(saved[1])]
    const dChanging = tf.mul(dChanged, scale) as tf.Tensor4D
    const dRaw = tf.mul(tf.add(tf.mul(dChanged, changed), need(dLogDet)), tf.sub(1, scale))
    return { dChanging, dOutputs: tf.concat([dChanging, dRaw as tf.Tensor4D], 3) }
  },
}

const AFFINE_INVERSE: Change = {
  forward(changing, outputs) {
    const [shift, raw] = halves(outputs)
    const growth = tf.exp(tf.neg(raw))
    // 1/sigmoid(r) = 1 + exp(−r)
    const inverseScale = tf.add(growth, 1) as tf.Tensor4D
    const changed = tf.sub(tf.mul(changing, inverseScale), shift) as tf.Tensor4D
    const logDet = tf.neg(tf.sum(tf.log1p(growth), 3, true)) as tf.Tensor4D
    return { changed, logDet, saved: [changing, growth, inverseScale] }
  },
  // x2 = y2·q − t, q = 1 + e, e = exp(−r): dy2 = dx2·q; dt = −dx2; dr = e·(dlogdet/q − dx2·y2)
  backward({ dChanged, dLogDet }, saved) {
    const [changing, growth, inverseScale] = [need(saved[0]), need(saved[1]), need(saved[2])]
    const dRaw = tf.mul(tf.sub(tf.div(need(dLogDet), inverseScale), tf.mul(dChanged, changing)), growth)
    return {
      dChanging: tf.mul(dChanged, inverseScale),
      dOutputs: tf.concat([tf.neg(dChanged), dRaw as tf.Tensor4D], 3),
    }
  },
}

const ADDITIVE: Change = {
  forward: (changing, outputs) => ({ changed: tf.add(changing, outputs), saved: [] }),
  backward: ({ dChanged }) => ({ dChanging: dChanged, dOutputs: dChanged }),
}

const ADDITIVE_INVERSE: Change = {
  forward: (changing, outputs) => ({ changed: tf.sub(changing, outputs), saved: [] }),
  backward: ({ dChanged }) => ({ dChanging: dChanged, dOutputs: tf.neg(dChanged) }),
}

/**
 * One differentiable operation with two outputs: tf.customGrad knows one, so the log-determinant rides along as one more
 * channel. Saves two hidden activations and the change's own tensors. Intermediates are freed by the caller's tidy.
 */
function run(weights: CouplingWeights, x: tf.Tensor4D, change: Change): LayerOutput {
  const channels = x.shape[3]
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as tf.GradSaveFunc
    const [kept, changing] = halves(args[0] as tf.Tensor4D)
    const { trace, outputs } = networkForward(weights, kept)
    const { changed, logDet, saved } = change.forward(changing, outputs)
    const { kernel1, kernel2, kernel3 } = weights
    save([trace.kept, trace.hidden1, trace.hidden2, kernel1, kernel2, kernel3, ...saved])
    return {
      value: tf.concat(logDet ? [kept, changed, logDet] : [kept, changed], 3),
      gradFunc: (dy: tf.Tensor | tf.Tensor[], kept: tf.Tensor[]) =>
        backward(weights, change, [dy as tf.Tensor4D, kept as tf.Tensor4D[]]),
    }
  })
  const packed = operation(x, ...networkInputs(weights)) as tf.Tensor4D
  if (packed.shape[3] === channels) return { output: packed, logDet: null }
  const [output, logDet] = tf.split(packed, [channels, 1], 3) as [tf.Tensor4D, tf.Tensor4D]
  return { output, logDet: tf.squeeze(logDet, [3]) }
}

function backward(weights: CouplingWeights, change: Change, [dy, saved]: [tf.Tensor4D, tf.Tensor4D[]]): tf.Tensor[] {
  const [kept, hidden1, hidden2, kernel1, kernel2, kernel3, ...own] = saved
  const half = need(kept).shape[3]
  const withLogDet = dy.shape[3] > 2 * half
  const [dKept, dChanged, dLogDet] = tf.split(dy, withLogDet ? [half, half, 1] : [half, half], 3) as tf.Tensor4D[]
  const { dChanging, dOutputs } = change.backward({ dChanged: need(dChanged), dLogDet }, own)
  const trace: NetworkTrace = { kept: need(kept), hidden1: need(hidden1), hidden2: need(hidden2) }
  // folded weights of a training step are freed before the way back: the saved ones count
  const kernels = { kernel1: need(kernel1), kernel2: need(kernel2), kernel3: need(kernel3) }
  const [dNetwork, ...dWeights] = networkBackward({ ...weights, ...kernels }, trace, dOutputs)
  const dFirst = tf.add(need(dKept), need(dNetwork)) as tf.Tensor4D
  return [tf.concat([dFirst, dChanging], 3), ...dWeights]
}
