import * as tf from '@tensorflow/tfjs-core'
import { KERNELS, Trainer, type TrainerSettings, type TrainState } from '../optim'
import type { Params } from '../tensor'
import { sigmoidCrossEntropy } from './crossEntropy'
import type { Example } from './mixUp'
import type { ClassifierNet } from './residualNet'

export interface ClassifierStepReport {
  /** Mean cross-entropy of the batch, nats. */
  readonly loss: number
  readonly gradientNorm: number
  readonly rate: number
  /** False where loss or gradient was not finite: nothing was changed. */
  readonly taken: boolean
}

/** Pictures, targets, and how much each target counts. */
type StepInputs = [tf.Tensor4D, tf.Tensor2D, tf.Tensor2D]

/** Trains a classifier: loss = mean cross-entropy of the targets that count, AdamW on its kernels, averaged weights. */
export class ClassifierTrainer {
  private readonly trainer: Trainer

  /** @param params starting weights, all of them trained; copied, they stay the caller's */
  constructor(
    private readonly net: ClassifierNet,
    settings: TrainerSettings,
    params: Params,
  ) {
    this.trainer = new Trainer(params, settings, KERNELS)
  }

  get state(): TrainState {
    return this.trainer.state
  }

  /** Goes on from a checkpoint; takes over its tensors. */
  restore(state: TrainState): void {
    this.trainer.restore(state)
  }

  /**
   * One step. Without a finite loss and gradient it changes no weight and is counted as skipped.
   *
   * @param batch N examples of the net's size · size · channels pixels, a target and a weight for each of its heads
   */
  step(batch: readonly Example[]): ClassifierStepReport {
    const inputs = toTensors(this.net, batch)
    const differentiate = (weights: tf.Tensor1D, ...given: StepInputs) => this.differentiate(weights, given)
    const { figures, norm, rate, taken } = this.trainer.step(differentiate, inputs)
    tf.dispose(inputs)
    return { loss: figures[0] ?? NaN, gradientNorm: norm, rate, taken }
  }

  /** The averaged weights by name: the trained classifier. The caller disposes. */
  averaged(): Params {
    return this.trainer.averaged()
  }

  dispose(): void {
    this.trainer.dispose()
  }

  /** Mean cross-entropy of a batch, and its gradient in the layout's order. */
  private differentiate(weights: tf.Tensor1D, [x, targets, counting]: StepInputs): [tf.Scalar, tf.Tensor1D] {
    const { net } = this
    const loss = (params: Params) => sigmoidCrossEntropy(net.forward(net.freeze(params), x), targets, counting)
    return this.trainer.valueAndGradient(loss, weights)
  }
}

function toTensors(net: ClassifierNet, batch: readonly Example[]): StepInputs {
  const { size, channels, heads } = net.plan
  const stack = (pick: (example: Example) => Float32Array, length: number) => {
    const values = new Float32Array(batch.length * length)
    batch.forEach((example, i) => values.set(pick(example), i * length))
    return values
  }
  const pixels = stack((example) => example.pixels, size * size * channels)
  const ofHeads = (name: 'targets' | 'weights') => {
    const values = stack((example) => example[name], heads)
    return tf.tensor2d(values, [batch.length, heads])
  }
  const x = tf.tensor4d(pixels, [batch.length, size, size, channels])
  return [x, ofHeads('targets'), ofHeads('weights')]
}
