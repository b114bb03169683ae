import * as tf from '@tensorflow/tfjs-core'
import { convFilterGradient, convInputGradient, reluGradient } from '../tensor'

const NORM_EPSILON = 1e-5
const POSITIONS = [1, 2]

/** Weights of a block. The convolution's bias is not among them: the normalisation takes it off again. */
export interface BlockWeights {
  readonly kernel: tf.Tensor4D
  /** Scale and shift behind the normalisation [width]. */
  readonly scale: tf.Tensor1D
  readonly shift: tf.Tensor1D
}

/** What the backward pass needs of a forward pass. */
export interface BlockTrace {
  readonly input: tf.Tensor4D
  /** Convolution less its mean over positions. */
  readonly centred: tf.Tensor4D
  /** 1/√(variance + 1e-5) [N, 1, 1, width]. */
  readonly inverseDeviation: tf.Tensor4D
  readonly activated: tf.Tensor4D
}

interface BlockGradient {
  readonly kernel: tf.Tensor4D
  readonly scale: tf.Tensor1D
  readonly shift: tf.Tensor1D
  /** Gradient at the block's input; absent where nobody asked. */
  readonly input?: tf.Tensor4D
}

/** conv 3×3 'same' → instance norm (biased variance over positions) → ReLU → average pool 2. */
export function blockForward(weights: BlockWeights, input: tf.Tensor4D): { trace: BlockTrace; output: tf.Tensor4D } {
  const convolved = tf.conv2d(input, weights.kernel, 1, 'same')
  const centred: tf.Tensor4D = tf.sub(convolved, tf.mean(convolved, POSITIONS, true))
  const variance = tf.mean(tf.square(centred), POSITIONS, true)
  const inverseDeviation: tf.Tensor4D = tf.rsqrt(tf.add(variance, NORM_EPSILON))
  const scaled = tf.mul(centred, tf.mul(inverseDeviation, weights.scale))
  const activated: tf.Tensor4D = tf.relu(tf.add(scaled, weights.shift))
  const output = tf.avgPool(activated, 2, 2, 'valid')
  return { trace: { input, centred, inverseDeviation, activated }, output }
}

/**
 * The backward pass, written in operations that can be differentiated once more. With r = 1/√(variance + ε), c the centred
 * convolution, e = r·dy behind ReLU and pooling, the gradient at the convolution is
 * scale·(e − mean e − c·r²·mean(e·c)): r enters at the pooled size, the scale at kernel size, where they are cheap.
 */
export function blockBackward(
  weights: BlockWeights,
  { input, centred, inverseDeviation, activated }: BlockTrace,
  { dOutput, toInput }: { dOutput: tf.Tensor4D; toInput: boolean },
): BlockGradient {
  const positions = (activated.shape[1] || 1) * (activated.shape[2] || 1)
  const entering = unpool(tf.mul(dOutput, inverseDeviation), activated)
  const e = reluGradient(entering, activated)
  const meanE: tf.Tensor4D = tf.mean(e, POSITIONS, true)
  const correlation: tf.Tensor4D = tf.mean(tf.mul(e, centred), POSITIONS, true)
  const slope = tf.mul(correlation, tf.square(inverseDeviation))
  const dConvolved: tf.Tensor4D = tf.sub(tf.sub(e, meanE), tf.mul(centred, slope))
  const kernel = tf.mul(convFilterGradient(input, dConvolved, weights.kernel.shape), weights.scale) as tf.Tensor4D
  const scale = tf.mul(tf.sum(correlation, [0, 1, 2]), positions) as tf.Tensor1D
  const shift = tf.mul(tf.sum(tf.div(meanE, inverseDeviation), [0, 1, 2]), positions) as tf.Tensor1D
  if (!toInput) return { kernel, scale, shift }
  return { kernel, scale, shift, input: convInputGradient(dConvolved, tf.mul(weights.kernel, weights.scale)) }
}

/** Gradient of the average pool: a quarter of dy on each of its four values. */
function unpool(dy: tf.Tensor4D, input: tf.Tensor4D): tf.Tensor4D {
  return tf.engine().runKernel(tf.AvgPoolGrad, { dy, input }, { filterSize: 2, strides: 2, pad: 'valid' })
}
