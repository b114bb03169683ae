import type * as tf from '@tensorflow/tfjs-core'
import { biasGradient, convFilterGradient, convInputGradient, fusedConvolution, reluGradient } from '../tensor'
import type { CouplingWeights } from './couplingFold'

/** What the backward pass needs of a forward pass of the small network. */
export interface NetworkTrace {
  readonly kept: tf.Tensor4D
  readonly hidden1: tf.Tensor4D
  readonly hidden2: tf.Tensor4D
}

/** conv3×3 → ReLU → conv1×1 → ReLU → conv3×3 on the half that stays; [N, h, w, C/2] → [N, h, w, outputs]. */
export function networkForward(
  weights: CouplingWeights,
  kept: tf.Tensor4D,
): { trace: NetworkTrace; outputs: tf.Tensor4D } {
  const { kernel1, kernel2, kernel3, bias1, bias2, bias3 } = weights
  const hidden1 = fusedConvolution(kept, kernel1, { bias: bias1, activation: 'relu' })
  const hidden2 = fusedConvolution(hidden1, kernel2, { bias: bias2, activation: 'relu' })
  const outputs = fusedConvolution(hidden2, kernel3, { bias: bias3, activation: 'linear' })
  return { trace: { kept, hidden1, hidden2 }, outputs }
}

/** Gradients in the order of `networkInputs`, that of the kept half [N, h, w, C/2] first; of frozen weights that one alone. */
export function networkBackward(weights: CouplingWeights, trace: NetworkTrace, dOutputs: tf.Tensor4D): tf.Tensor[] {
  const dHidden2 = reluGradient(convInputGradient(dOutputs, weights.kernel3), trace.hidden2)
  const dHidden1 = reluGradient(convInputGradient(dHidden2, weights.kernel2), trace.hidden1)
  const dKept = convInputGradient(dHidden1, weights.kernel1)
  if (weights.frozen) return [dKept]
  return [
    dKept,
    convFilterGradient(trace.kept, dHidden1, weights.kernel1.shape),
    biasGradient(dHidden1),
    convFilterGradient(trace.hidden1, dHidden2, weights.kernel2.shape),
    biasGradient(dHidden2),
    convFilterGradient(trace.hidden2, dOutputs, weights.kernel3.shape),
    biasGradient(dOutputs),
  ]
}

/** The tensors that get a gradient beside the input, in the order of `networkBackward`. */
export function networkInputs(weights: CouplingWeights): tf.Tensor[] {
  const { kernel1, bias1, kernel2, bias2, kernel3, bias3 } = weights
  return weights.frozen ? [] : [kernel1, bias1, kernel2, bias2, kernel3, bias3]
}
