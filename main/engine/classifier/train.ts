import * as tf from '@tensorflow/tfjs-core'
import {
  decayMask,
  disposeTrainState,
  firstTrainState,
  KERNELS,
  takeStep,
  type TrainerSettings,
  type TrainState,
} from '../optim'
import { EAGER, layoutOf, ravel, unravel, valueAndGradient, type ParamLayout, type Params } from '../tensor'
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

/** Weights of the net, pictures, targets, and how much each target counts. */
type StepInputs = [tf.Tensor1D, tf.Tensor4D, tf.Tensor2D, tf.Tensor2D]

/** Trains a classifier: loss = mean cross-entropy of the targets that count, AdamW on its kernels, averaged weights. */
export class ClassifierTrainer {
  private readonly layout: ParamLayout
  private readonly decayed: tf.Tensor1D
  private current: TrainState

  /** @param params starting weights, all of them trained; copied, they stay the caller's */
  constructor(
    private readonly net: ClassifierNet,
    private readonly settings: TrainerSettings,
    params: Params,
  ) {
    this.layout = layoutOf(params)
    this.decayed = decayMask(this.layout, KERNELS)
    this.current = firstTrainState(ravel(params, this.layout))
  }

  get state(): TrainState {
    return this.current
  }

  /** Goes on from a checkpoint; takes over its tensors. */
  restore(state: TrainState): void {
    disposeTrainState(this.current)
    this.current = state
  }

  /**
   * One step. Without a finite loss and gradient it changes no weight and is counted as skipped.
   *
   * @param batch N examples of the net's size · size · channels pixels, a target and a weight for each of its heads
   */
  step(batch: readonly Example[]): ClassifierStepReport {
    const { compiler = EAGER } = this.settings
    const tensors = toTensors(this.net, batch)
    const inputs: StepInputs = [this.current.weights, ...tensors]
    const differentiate = (...given: StepInputs) => this.differentiate(given)
    const [value, gradient] = compiler.run({ models: [this], name: 'value and gradient' }, differentiate, inputs)
    const loss = value.dataSync()[0] ?? NaN
    tf.dispose([...tensors, value])
    const slope = { value: loss, gradient, decayed: this.decayed }
    const { state, norm, rate, taken } = takeStep(this.current, slope, this.settings)
    this.current = state
    return { loss, gradientNorm: norm, rate, taken }
  }

  /** The averaged weights by name: the trained classifier. The caller disposes. */
  averaged(): Params {
    return unravel(this.current.average, this.layout)
  }

  dispose(): void {
    this.settings.compiler?.release(this)
    disposeTrainState(this.current)
    this.decayed.dispose()
  }

  /** Mean cross-entropy of a batch, and its gradient in the layout's order. */
  private differentiate([weights, x, targets, counting]: StepInputs): [tf.Scalar, tf.Tensor1D] {
    const { net } = this
    const loss = (params: Params) => sigmoidCrossEntropy(net.forward(net.freeze(params), x), targets, counting)
    const { value, gradient } = valueAndGradient(loss, unravel(weights, this.layout), this.layout)
    return [value, gradient]
  }
}

/** Pictures, targets and how much each target counts. */
function toTensors(net: ClassifierNet, batch: readonly Example[]): [tf.Tensor4D, tf.Tensor2D, tf.Tensor2D] {
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
