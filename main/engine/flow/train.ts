import * as tf from '@tensorflow/tfjs-core'
import { disposeTrainState, firstTrainState, takeStep, type TrainerSettings, type TrainState } from '../optim'
import {
  disposeParams,
  EAGER,
  layoutOf,
  ravel,
  unravel,
  valueAndGradient,
  type ParamLayout,
  type Params,
} from '../tensor'
import { bits } from './bits'
import { dimensions, type FlowConfig } from './config'
import { isTrainable } from './convert'
import { foldFlow } from './fold'

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
    private readonly settings: TrainerSettings,
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

  /** One step; the batch stays the caller's. A step whose gradients are not all finite is skipped but counted. */
  step({ x, noise }: FlowBatch): FlowStepReport {
    const { weights } = this.current
    const { compiler = EAGER } = this.settings
    const name = 'value and gradient'
    const differentiate = (...inputs: Parameters<FlowTrainer['differentiate']>) => this.differentiate(...inputs)
    const [value, gradient] = compiler.run({ models: [this], name }, differentiate, [weights, x, noise])
    const bpd = value.dataSync()[0] ?? NaN
    value.dispose()
    const { state, norm, rate, taken } = takeStep(this.current, { value: bpd, gradient }, this.settings)
    this.current = state
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
    this.settings.compiler?.release(this)
    disposeTrainState(this.current)
    disposeParams(this.fixed)
  }
}
