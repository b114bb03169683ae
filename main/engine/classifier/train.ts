import * as tf from '@tensorflow/tfjs-core'
import {
  ADAMW,
  adamUpdate,
  clipGradient,
  cosineRate,
  disposeTrainState,
  emaUpdate,
  firstTrainState,
  gradientNorm,
  type Schedule,
  type TrainState,
} from '../optim'
import { layoutOf, ravel, valueAndGradient, unravel, type ParamLayout, type Params } from '../tensor'
import { sigmoidCrossEntropy } from './crossEntropy'
import type { Example } from './mixUp'
import type { ClassifierNet } from './residualNet'

export interface TrainOptions {
  readonly schedule: Schedule
  readonly weightDecay: number
  readonly clip: number
  readonly averageDecay: number
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
  const { net, layout, options } = trainer
  const rate = cosineRate(options.schedule, state.step)
  const { value, gradient } = tf.tidy(() => {
    const { x, targets, weights } = toTensors(net, batch)
    const loss = (params: Params) => sigmoidCrossEntropy(net.forward(net.freeze(params), x), targets, weights)
    return valueAndGradient(loss, unravel(state.weights, layout), layout)
  })
  const loss = value.dataSync()[0] ?? NaN
  const norm = gradientNorm(gradient)
  value.dispose()
  if (!Number.isFinite(loss) || !Number.isFinite(norm)) {
    gradient.dispose()
    return { state: { ...state, step: state.step + 1, skipped: state.skipped + 1 }, loss, norm, rate }
  }
  const clipped = clipGradient(gradient, norm, options.clip)
  const { weights, state: adam } = adamUpdate(
    { ...ADAMW, weightDecay: options.weightDecay },
    { weights: state.weights, gradient: clipped, state: state.adam, rate, decayed: trainer.decayed },
  )
  const average = emaUpdate(state.average, weights, { decay: options.averageDecay, steps: state.step })
  tf.dispose([gradient, clipped])
  disposeTrainState(state)
  return { state: { weights, average, adam, step: state.step + 1, skipped: state.skipped }, loss, norm, rate }
}

/** The averaged weights by name: the trained classifier. The caller disposes. */
export function averagedParams(trainer: Trainer, state: TrainState): Params {
  return unravel(state.average, trainer.layout)
}

function toTensors(net: ClassifierNet, batch: readonly Example[]) {
  const { size, channels, heads } = net.plan
  const stack = (pick: (example: Example) => Float32Array, length: number) => {
    const values = new Float32Array(batch.length * length)
    batch.forEach((example, i) => values.set(pick(example), i * length))
    return values
  }
  const shape: [number, number] = [batch.length, heads]
  return {
    x: tf.tensor4d(
      stack((example) => example.pixels, size * size * channels),
      [batch.length, size, size, channels],
    ),
    targets: tf.tensor2d(
      stack((example) => example.targets, heads),
      shape,
    ),
    weights: tf.tensor2d(
      stack((example) => example.weights, heads),
      shape,
    ),
  }
}
