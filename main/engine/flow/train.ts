import * as tf from '@tensorflow/tfjs-core'
import {
  adamUpdate,
  clipGradient,
  cosineRate,
  disposeTrainState,
  firstTrainState,
  gradientNorm,
  nextTrainState,
  type AdamConfig,
  type TrainState,
} from '../optim'
import {
  disposeParams,
  EAGER,
  layoutOf,
  ravel,
  unravel,
  valueAndGradient,
  type Compiler,
  type ParamLayout,
  type Params,
} from '../tensor'
import { bits } from './bits'
import { dimensions, type FlowConfig } from './config'
import { isTrainable } from './convert'
import { foldFlow } from './fold'

export interface FlowTraining {
  readonly adam: AdamConfig
  readonly rate: number
  readonly warmUp: number
  readonly steps: number
  /** Share of the peak rate left at the end of the cosine. */
  readonly floor: number
  /** Gradients with a larger L2 norm are shortened to it. */
  readonly clip: number
  readonly emaDecay: number
}

/** Pictures in [0, 1] and their dequantisation noise, [N, H, W, C] each. */
export interface FlowBatch {
  readonly x: tf.Tensor4D
  readonly noise: tf.Tensor4D
}

export interface FlowStepReport {
  readonly bpd: number
  readonly gradientNorm: number
  readonly rate: number
  /** False where a gradient was not finite: nothing was changed. */
  readonly taken: boolean
}

/** Trains a flow by maximum likelihood: loss = mean bpd, AdamW, warm-up and cosine, clipping, averaged weights. */
export class FlowTrainer {
  private readonly fixed: Params
  private readonly layout: ParamLayout
  private current: TrainState

  /** @param params initialised weights; copied, they stay the caller's */
  constructor(
    private readonly config: FlowConfig,
    private readonly training: FlowTraining,
    params: Params,
  ) {
    const pick = (wanted: boolean) =>
      Object.fromEntries(Object.entries(params).filter(([name]) => isTrainable(name) === wanted))
    this.fixed = tf.tidy(() =>
      Object.fromEntries(Object.entries(pick(false)).map(([name, tensor]) => [name, tf.clone(tensor)])),
    )
    const trained = pick(true)
    this.layout = layoutOf(trained)
    this.current = firstTrainState(ravel(trained, this.layout))
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
   * One step; the batch stays the caller's. A step whose gradients are not all finite is skipped but counted.
   *
   * @param compiler holds on to this trainer until `release`d of it
   */
  step({ x, noise }: FlowBatch, compiler: Compiler = EAGER): FlowStepReport {
    const { weights, adam } = this.current
    const rate = cosineRate(this.training, this.current.step)
    const name = 'value and gradient'
    const differentiate = (...inputs: Parameters<FlowTrainer['differentiate']>) => this.differentiate(...inputs)
    const [value, gradient] = compiler.run({ models: [this], name }, differentiate, [weights, x, noise])
    const bpd = value.dataSync()[0] ?? NaN
    const norm = gradientNorm(gradient)
    const taken = Number.isFinite(bpd) && Number.isFinite(norm)
    const clipped = clipGradient(gradient, norm, this.training.clip)
    const moved = taken ? adamUpdate(this.training.adam, { weights, gradient: clipped, state: adam, rate }) : null
    this.current = nextTrainState(this.current, moved, this.training.emaDecay)
    tf.dispose([value, gradient, clipped])
    return { bpd, gradientNorm: norm, rate, taken }
  }

  /** Mean bits per dimension, and its gradient in the layout's order. */
  private differentiate(weights: tf.Tensor1D, x: tf.Tensor4D, noise: tf.Tensor4D): [tf.Scalar, tf.Tensor1D] {
    const perValue = 1 / dimensions(this.config)
    const loss = (trained: Params) =>
      tf.mul(tf.mean(bits(foldFlow(this.config, { ...this.fixed, ...trained }), x, noise)), perValue) as tf.Scalar
    const { value, gradient } = valueAndGradient(loss, unravel(weights, this.layout), this.layout)
    return [value, gradient]
  }

  /** The averaged weights with the fixed ones, as fresh tensors. */
  averaged(): Params {
    const trained = unravel(this.current.average, this.layout)
    return tf.tidy(() => ({
      ...trained,
      ...Object.fromEntries(Object.entries(this.fixed).map(([name, t]) => [name, tf.clone(t)])),
    }))
  }

  dispose(): void {
    disposeTrainState(this.current)
    disposeParams(this.fixed)
  }
}
