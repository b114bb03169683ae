import * as tf from '@tensorflow/tfjs-core'
import { param, unstackFirst, type Params } from '../tensor'
import type { LevelShape } from './config'

/**
 * Actnorm and invertible 1×1 convolution of one step, as one convolution.
 * y = W·(exp(logs)·(x + b)), W = P·(I + l)·(u + diag(sign·exp(log_s))); log-determinant a position: Σ logs + Σ log_s.
 */
export interface MixWeights {
  /** [1, 1, C, C], input channel first. */
  readonly kernel: tf.Tensor4D
  /** [C] */
  readonly bias: tf.Tensor1D
  /** Scalar: the same at every position. */
  readonly logDet: tf.Scalar
}

/**
 * Folds the mixes of all steps of a level at once (batched over steps, differentiable).
 * @param prefixes "level{l}.step{k}" of the level's steps
 */
export function foldMixes(
  params: Params,
  prefixes: readonly string[],
  shape: Pick<LevelShape, 'size' | 'channels'>,
): MixWeights[] {
  const c = shape.channels
  const gather = (name: string) => tf.stack(prefixes.map((prefix) => param(params, `${prefix}.${name}`)))
  return tf.tidy(() => {
    const matrix = luProduct(gather, c)
    const logs = gather('actnorm.logs')
    const scaled = tf.mul(matrix, tf.expandDims(tf.exp(logs), 1))
    const bias = tf.squeeze(tf.matMul(scaled, tf.expandDims(gather('actnorm.bias'), 2)), [2])
    const logDet = tf.add(tf.sum(logs, 1), tf.sum(gather('conv1x1.log_s'), 1))
    const kernels = unstackFirst(tf.reshape(tf.transpose(scaled, [0, 2, 1]), [prefixes.length, 1, 1, c, c]))
    const biases = unstackFirst(bias)
    const logDets = unstackFirst(logDet)
    return kernels.map((kernel, i) => ({
      kernel: kernel as tf.Tensor4D,
      bias: biases[i] as tf.Tensor1D,
      logDet: logDets[i] as tf.Scalar,
    }))
  })
}

/** W of every step [K, C, C], `W[o][i]` = weight from input channel i to output channel o. */
function luProduct(gather: (name: string) => tf.Tensor, c: number): tf.Tensor3D {
  const below = tf.linalg.bandPart(tf.ones([c, c]), -1, 0)
  const eye = tf.eye(c)
  const strictlyLower = tf.sub(below, eye)
  const strictlyUpper = tf.sub(1, below)
  const lower = tf.add(tf.mul(gather('conv1x1.l'), strictlyLower), eye)
  const diagonal = tf.mul(gather('conv1x1.sign_s'), tf.exp(gather('conv1x1.log_s')))
  const upper = tf.add(tf.mul(gather('conv1x1.u'), strictlyUpper), tf.mul(eye, tf.expandDims(diagonal, 1)))
  return tf.matMul(gather('conv1x1.p'), tf.matMul(lower, upper)) as tf.Tensor3D
}

/** [N, h, w, C] → [N, h, w, C]; the log-determinant a position is `weights.logDet`. */
export function mixForward(weights: MixWeights, x: tf.Tensor4D): tf.Tensor4D {
  // not tf.fused: its gradient would always compute those of kernel and bias too, wanted or not
  return tf.tidy(() => tf.add(tf.conv2d(x, weights.kernel, 1, 'same'), weights.bias))
}

/** Kernel and bias that undo a mix: x = W'⁻¹·y − W'⁻¹·b'. Computed in double precision. */
export function invertMix(weights: MixWeights): MixWeights {
  const c = weights.bias.shape[0]
  const forward = Float64Array.from(weights.kernel.dataSync())
  const bias = weights.bias.dataSync()
  const inverse = invertMatrix(forward, c)
  const shift = new Float32Array(c)
  for (let o = 0; o < c; o++) {
    let sum = 0
    for (let i = 0; i < c; i++) sum += (bias[i] ?? 0) * (inverse[i * c + o] ?? 0)
    shift[o] = -sum
  }
  return tf.tidy(() => ({
    kernel: tf.tensor4d(Float32Array.from(inverse), [1, 1, c, c]),
    bias: tf.tensor1d(shift),
    logDet: tf.neg(weights.logDet) as tf.Scalar,
  }))
}

/** Gauss–Jordan with partial pivoting; row-major n × n. @throws RangeError for a singular matrix */
function invertMatrix(matrix: Float64Array, n: number): Float64Array {
  const a = Float64Array.from(matrix)
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1
  const at = (m: Float64Array, r: number, c: number) => m[r * n + c] ?? 0
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let r = column + 1; r < n; r++) if (Math.abs(at(a, r, column)) > Math.abs(at(a, pivot, column))) pivot = r
    if (at(a, pivot, column) === 0) throw new RangeError('A 1×1 convolution of the flow is singular')
    for (const m of [a, inverse])
      for (let k = 0; k < n; k++) {
        const kept = at(m, column, k)
        m[column * n + k] = at(m, pivot, k)
        m[pivot * n + k] = kept
      }
    const scale = 1 / at(a, column, column)
    for (const m of [a, inverse]) for (let k = 0; k < n; k++) m[column * n + k] = at(m, column, k) * scale
    for (let r = 0; r < n; r++) {
      const factor = at(a, r, column)
      if (r === column || factor === 0) continue
      for (const m of [a, inverse]) for (let k = 0; k < n; k++) m[r * n + k] = at(m, r, k) - factor * at(m, column, k)
    }
  }
  return inverse
}
