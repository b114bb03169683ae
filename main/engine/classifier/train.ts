import * as tf from '@tensorflow/tfjs-core'
import {
  ADAMW,
  adamUpdate,
  clipGradient,
  cosineRate,
  firstTrainState,
  gradientNorm,
  nextTrainState,
  type Schedule,
  type TrainState,
} from '../optim'
import {
  EAGER,
  layoutOf,
  ravel,
  unravel,
  valueAndGradient,
  type Compiler,
  type ParamLayout,
  type Params,
} from '../tensor'
import { sigmoidCrossEntropy } from './crossEntropy'
import type { Example } from './mixUp'
import type { ClassifierNet } from './residualNet'

export interface TrainOptions {
  readonly schedule: Schedule
  readonly weightDecay: number
  readonly clip: number
  readonly averageDecay: number
  /** Runs the steps; holds on to the trainer until that is disposed. Operation by operation where absent. */
  readonly compiler?: Compiler
}

/** What does not change while a classifier is trained. */
export interface Trainer {
  readonly net: ClassifierNet
  readonly layout: ParamLayout
  readonly options: TrainOptions
  /** 1 where weight decay applies (kernels; not biases, not gains). */
  readonly decayed: tf.Tensor1D
}

export function createTrainer(net: ClassifierNet, params: Params, options: TrainOptions): Trainer {
  const layout = layoutOf(params)
  const decayed = tf.tidy(() =>
    tf.concat1d(layout.names.map((name, i) => tf.fill([layout.sizes[i] ?? 0], name.endsWith('.weight') ? 1 : 0))),
  )
  return { net, layout, options, decayed }
}

export function disposeTrainer(trainer: Trainer): void {
  trainer.options.compiler?.release(trainer)
  trainer.decayed.dispose()
}

export function startTraining(trainer: Trainer, params: Params): TrainState {
  return firstTrainState(ravel(params, trainer.layout))
}

/**
 * One optimiser step on one batch; the old state is disposed.
 * A step whose loss or gradient is not finite changes no weight and is counted.
 */
export function trainStep(
  trainer: Trainer,
  state: TrainState,
  batch: readonly Example[],
): { state: TrainState; loss: number; norm: number; rate: number } {
  const { net, options } = trainer
  const rate = cosineRate(options.schedule, state.step)
  const { compiler = EAGER } = options
  const tensors = toTensors(net, batch)
  const inputs: StepInputs = [state.weights, ...tensors]
  const work = (...given: StepInputs) => differentiate(trainer, given)
  const [value, gradient] = compiler.run({ models: [trainer], name: 'value and gradient' }, work, inputs)
  tf.dispose(tensors)
  const loss = value.dataSync()[0] ?? NaN
  const norm = gradientNorm(gradient)
  value.dispose()
  const taken = Number.isFinite(loss) && Number.isFinite(norm)
  const clipped = clipGradient(gradient, norm, options.clip)
  const { weights, adam } = state
  const config = { ...ADAMW, weightDecay: options.weightDecay }
  const moved = taken
    ? adamUpdate(config, { weights, gradient: clipped, state: adam, rate, decayed: trainer.decayed })
    : null
  tf.dispose([gradient, clipped])
  return { state: nextTrainState(state, moved, options.averageDecay), loss, norm, rate }
}

/** Weights of the net, pictures, targets, and how much each target counts. */
type StepInputs = [tf.Tensor1D, tf.Tensor4D, tf.Tensor2D, tf.Tensor2D]

/** Mean cross-entropy of a batch, and its gradient in the layout's order. */
function differentiate(
  { net, layout }: Trainer,
  [weights, x, targets, counting]: StepInputs,
): [tf.Scalar, tf.Tensor1D] {
  const loss = (params: Params) => sigmoidCrossEntropy(net.forward(net.freeze(params), x), targets, counting)
  const { value, gradient } = valueAndGradient(loss, unravel(weights, layout), layout)
  return [value, gradient]
}

/** The averaged weights by name: the trained classifier. The caller disposes. */
export function averagedParams(trainer: Trainer, state: TrainState): Params {
  return unravel(state.average, trainer.layout)
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
