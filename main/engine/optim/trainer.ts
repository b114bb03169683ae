import * as tf from '@tensorflow/tfjs-core'
import { EAGER, layoutOf, ravel, unravel, valueAndGradient, type ParamLayout, type Params } from '../tensor'
import { decayMask } from './decayMask'
import { takeStep, type StepTaken, type TrainerSettings } from './takeStep'
import { disposeTrainState, firstTrainState, type TrainState } from './trainState'

/**
 * Figures of a batch – the loss first, as a scalar or a vector – and the loss's gradient in the layout's order [total].
 * Pure, as a `Compiler` asks of it.
 */
type Differentiate<I extends tf.Tensor[]> = (
  weights: tf.Tensor1D,
  ...inputs: I
) => [figures: tf.Tensor, gradient: tf.Tensor1D]

interface TrainerStep extends Omit<StepTaken, 'state'> {
  /** As they were differentiated, the loss first. */
  readonly figures: Float32Array
}

/** What all trainings of one set of weights do: AdamW by a schedule, clipping, averaged weights, checkpoints. */
export class Trainer {
  private readonly layout: ParamLayout
  private readonly decayed: tf.Tensor1D | undefined
  private current: TrainState

  /**
   * @param params starting weights, all of them trained; copied, they stay the caller's
   * @param decaying what the names of the weights that decay end with; all decay where absent
   */
  constructor(
    params: Params,
    private readonly settings: TrainerSettings,
    decaying?: readonly string[],
  ) {
    this.layout = layoutOf(params)
    this.decayed = decaying && decayMask(this.layout, decaying)
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
   * @param differentiate the same function in every step: what the compiler made of the first one is run from then on
   * @param inputs stay the caller's
   */
  step<I extends tf.Tensor[]>(differentiate: Differentiate<I>, inputs: I): TrainerStep {
    const { current, decayed, settings } = this
    const { compiler = EAGER } = settings
    const of = { models: [this], name: 'value and gradient' }
    const given: [tf.Tensor1D, ...I] = [current.weights, ...inputs]
    const [told, gradient] = compiler.run(of, differentiate, given)
    const figures = told.dataSync<'float32'>().slice()
    told.dispose()
    const slope = { value: figures[0] ?? NaN, gradient, ...(decayed && { decayed }) }
    const { state, ...taken } = takeStep(current, slope, settings)
    this.current = state
    return { figures, ...taken }
  }

  /** For `differentiate`: a loss of the weights by name, and its gradient in the layout's order. */
  valueAndGradient(loss: (params: Params) => tf.Scalar, weights: tf.Tensor1D): [tf.Scalar, tf.Tensor1D] {
    const { value, gradient } = valueAndGradient(loss, unravel(weights, this.layout), this.layout)
    return [value, gradient]
  }

  /** The averaged weights by name: what is shipped. The caller disposes. */
  averaged(): Params {
    return unravel(this.current.average, this.layout)
  }

  dispose(): void {
    this.settings.compiler?.release(this)
    disposeTrainState(this.current)
    this.decayed?.dispose()
  }
}
