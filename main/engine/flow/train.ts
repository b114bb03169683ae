import * as tf from '@tensorflow/tfjs-core'
import { Trainer, type TrainerSettings, type TrainState } from '../optim'
import { disposeParams, type Params } from '../tensor'
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
  /** Mean bits per dimension of the batch. */
  readonly bpd: number
  readonly gradientNorm: number
  readonly rate: number
  /** False where a gradient was not finite: nothing was changed. */
  readonly taken: boolean
}

/** Trains a flow by maximum likelihood: loss = mean bpd, AdamW, warm-up and cosine, clipping, averaged weights. */
export class FlowTrainer {
  private readonly fixed: Params
  private readonly trainer: Trainer

  /** @param params initialised weights; copied, they stay the caller's */
  constructor(
    private readonly config: FlowConfig,
    settings: TrainerSettings,
    params: Params,
  ) {
    const pick = (wanted: boolean) =>
      Object.fromEntries(Object.entries(params).filter(([name]) => isTrainable(name) === wanted))
    this.fixed = cloned(pick(false))
    this.trainer = new Trainer(pick(true), settings)
  }

  get state(): TrainState {
    return this.trainer.state
  }

  /** Goes on from a checkpoint; takes over its tensors. */
  restore(state: TrainState): void {
    this.trainer.restore(state)
  }

  /** One step; the batch stays the caller's. A step whose gradients are not all finite is skipped but counted. */
  step({ x, noise }: FlowBatch): FlowStepReport {
    const differentiate = (...inputs: Parameters<FlowTrainer['differentiate']>) => this.differentiate(...inputs)
    const { figures, norm, rate, taken } = this.trainer.step(differentiate, [x, noise])
    return { bpd: figures[0] ?? NaN, gradientNorm: norm, rate, taken }
  }

  /** Mean bits per dimension, and its gradient in the layout's order. */
  private differentiate(weights: tf.Tensor1D, x: tf.Tensor4D, noise: tf.Tensor4D): [tf.Scalar, tf.Tensor1D] {
    const perValue = 1 / dimensions(this.config)
    const loss = (trained: Params) =>
      tf.mul(tf.mean(bits(foldFlow(this.config, { ...this.fixed, ...trained }), x, noise)), perValue) as tf.Scalar
    return this.trainer.valueAndGradient(loss, weights)
  }

  /** The averaged weights with the fixed ones, as fresh tensors. */
  averaged(): Params {
    return { ...this.trainer.averaged(), ...cloned(this.fixed) }
  }

  dispose(): void {
    this.trainer.dispose()
    disposeParams(this.fixed)
  }
}

const cloned = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, tensor]) => [name, tf.clone(tensor)]))
