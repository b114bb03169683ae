import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit'
import { activationMatch } from '../audit/objectives'
import { bits, dimensions, type PreparedFlow } from '../flow'
import { Trainer, type TrainerSettings, type TrainState } from '../optim'
import type { SimplifierNet } from '../simplify'
import { roundToLevels, type Params } from '../tensor'

/** No weight decays. */
export interface EstimateTraining extends Omit<TrainerSettings, 'weightDecay'> {
  /** Weight of the bits per pixel beside the task, as in an audit. */
  readonly pressure: number
  /** Steps over which it rises from 0. */
  readonly pressureRise: number
  /** Weight of KL(f(x) ‖ f(x̃)) beside the matching distance, as in an audit. */
  readonly klWeight: number
}

/** Of one step; means over its films. */
export interface EstimateReport {
  readonly loss: number
  readonly bpd: number
  readonly distance: number
  readonly kl: number
  /** False where the gradient was not finite: nothing was changed. */
  readonly taken: boolean
}

interface Parts {
  readonly net: SimplifierNet
  readonly flow: PreparedFlow
  /** The trained classifier: it is not changed. */
  readonly network: AuditedNetwork
}

/** Films, noise, and the weight of the bits in this step. */
type StepInputs = [tf.Tensor4D, tf.Tensor4D, tf.Scalar]

/**
 * Trains a simplifier to give at once what an audit searches for: it minimises, over many films, the audit's own
 * objective – matching distance + KL + pressure · bits per pixel (activation match, docs/method.md) – with the classifier
 * and the flow held fixed.
 */
export class EstimateTrainer {
  private readonly trainer: Trainer

  /** @param params starting weights; copied, they stay the caller's */
  constructor(
    private readonly parts: Parts,
    private readonly training: EstimateTraining,
    params: Params,
  ) {
    this.trainer = new Trainer(params, { ...training, weightDecay: 0 })
  }

  get state(): TrainState {
    return this.trainer.state
  }

  /** Takes over a saved state. */
  restore(state: TrainState): void {
    this.trainer.restore(state)
  }

  /** @param x films [N, size, size, 1] in [0, 1]; @param noise dequantisation noise of the same shape in flow units */
  step({ x, noise }: { readonly x: tf.Tensor4D; readonly noise: tf.Tensor4D }): EstimateReport {
    const { pressure, pressureRise } = this.training
    const rise = Math.min(1, (this.state.step + 1) / Math.max(1, pressureRise))
    const pressing = tf.scalar(rise * pressure)
    const differentiate = (weights: tf.Tensor1D, ...given: StepInputs) => this.differentiate(weights, given)
    const { figures, taken } = this.trainer.step<StepInputs>(differentiate, [x, noise, pressing])
    pressing.dispose()
    const [loss = NaN, bpd = NaN, distance = NaN, kl = NaN] = figures
    return { loss, bpd, distance, kl, taken }
  }

  /** The averaged weights; the caller disposes. */
  averaged(): Params {
    return this.trainer.averaged()
  }

  dispose(): void {
    this.trainer.dispose()
  }

  /** Loss, bits per dimension, matching distance and KL [4], and the loss's gradient in the layout's order. */
  private differentiate(weights: tf.Tensor1D, [x, noise, pressure]: StepInputs): [tf.Tensor1D, tf.Tensor1D] {
    const { net, flow, network } = this.parts
    const matcher = activationMatch({ klWeight: this.training.klWeight, slope: 'exact' }).prepare(network, x)
    let means: tf.Tensor[] = []
    const loss = (params: Params) => {
      const simple = roundToLevels(net.apply(params, x))
      const match = matcher.compare(simple, 0)
      const bpd = tf.mean(tf.div(bits(flow, simple, noise), dimensions(flow.config)))
      means = [bpd, tf.mean(match.distance), tf.mean(match.kl)].map((mean) => tf.keep(mean))
      return tf.add(tf.mean(match.task), tf.mul(bpd, pressure)) as tf.Scalar
    }
    const [value, gradient] = this.trainer.valueAndGradient(loss, weights)
    const figures = tf.stack([value, ...means]) as tf.Tensor1D
    tf.dispose(means)
    matcher.dispose()
    return [figures, gradient]
  }
}
