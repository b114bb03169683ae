import * as tf from '@tensorflow/tfjs-core'
import { param, unstackFirst, type Params } from '../tensor'

/** The small network of a coupling with its actnorms and output scale folded into three convolutions with bias. */
export interface CouplingWeights {
  readonly affine: boolean
  /** Frozen weights get no gradient: the backward pass then computes that of the input alone. */
  readonly frozen: boolean
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

/**
 * Folds the couplings of all steps of a level at once: actnorm(conv(x, k)) = conv(x, k·exp(logs)) + b·exp(logs), and
 * conv3's output scale exp(3·logs). Differentiable; training folds anew each step, a frozen flow once.
 *
 * @param prefixes "level{l}.step{k}" of the level's steps
 */
export function foldCouplings(
  params: Params,
  prefixes: readonly string[],
  kind: { affine: boolean; frozen: boolean },
): CouplingWeights[] {
  const each = (name: string) => prefixes.map((prefix) => param(params, `${prefix}.coupling.${name}`))
  const gather = (name: string) => tf.stack(each(name))
  return tf.tidy(() => {
    // exp before stacking: a scale must not depend on how many steps are folded together (vector and scalar exp differ)
    const scale1 = tf.stack(each('actnorm1.logs').map((logs) => tf.exp(logs)))
    const scale2 = tf.stack(each('actnorm2.logs').map((logs) => tf.exp(logs)))
    const scale3 = tf.stack(each('conv3.logs').map((logs) => tf.exp(tf.mul(logs, 3))))
    const last = { kernel: scaled(gather('conv3.weight'), scale3), bias: tf.mul(gather('conv3.bias'), scale3) }
    const parts = {
      kernel1: scaled(gather('conv1.weight'), scale1),
      bias1: tf.mul(gather('actnorm1.bias'), scale1),
      kernel2: scaled(gather('conv2.weight'), scale2),
      bias2: tf.mul(gather('actnorm2.bias'), scale2),
      kernel3: kind.affine ? evenThenOdd(last.kernel) : last.kernel,
      bias3: kind.affine ? plusTwo(evenThenOdd(last.bias)) : last.bias,
    }
    const [kernel1, bias1, kernel2, bias2, kernel3, bias3] = Object.values(parts).map((part) => unstackFirst(part))
    return prefixes.map((_, k) => ({
      ...kind,
      kernel1: kernel1?.[k] as tf.Tensor4D,
      bias1: bias1?.[k] as tf.Tensor1D,
      kernel2: kernel2?.[k] as tf.Tensor4D,
      bias2: bias2?.[k] as tf.Tensor1D,
      kernel3: kernel3?.[k] as tf.Tensor4D,
      bias3: bias3?.[k] as tf.Tensor1D,
    }))
  })
}

/** Kernels [K, kh, kw, in, out] times a scale an output channel [K, out]. */
function scaled(kernels: tf.Tensor, scale: tf.Tensor): tf.Tensor {
  const [steps, channels] = scale.shape
  return tf.mul(kernels, tf.reshape(scale, [steps ?? 1, 1, 1, 1, channels ?? 1]))
}

/** Reorders the last axis 0,1,2,3,… to 0,2,…,1,3,…: shifts are the even, raw scales the odd outputs. */
function evenThenOdd(x: tf.Tensor): tf.Tensor {
  const channels = x.shape[x.rank - 1] ?? 0
  const pairs = tf.transpose(tf.reshape(x, [x.size / channels, channels / 2, 2]), [0, 2, 1])
  return tf.reshape(pairs, x.shape)
}

/** + 2 on the raw scales, the second half of the outputs: sigmoid(r + 2) starts near 1. */
function plusTwo(bias: tf.Tensor): tf.Tensor {
  const half = (bias.shape[1] ?? 0) / 2
  return tf.add(bias, tf.concat1d([tf.zeros([half]), tf.fill([half], 2)]))
}
