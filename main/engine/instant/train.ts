import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit'
import { activationMatch } from '../audit/objectives'
import { bits, dimensions, type PreparedFlow } from '../flow'
import { disposeTrainState, firstTrainState, takeStep, type TrainerSettings, type TrainState } from '../optim'
import type { SimplifierNet } from '../simplify'
import {
  EAGER,
  layoutOf,
  ravel,
  roundToLevels,
  unravel,
  valueAndGradient,
  type ParamLayout,
  type Params,
} from '../tensor'

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

/** Weights of the simplifier, films, noise, and the weight of the bits in this step. */
type StepInputs = [tf.Tensor1D, tf.Tensor4D, tf.Tensor4D, tf.Scalar]

/**
 * Trains a simplifier to give at once what an audit searches for: it minimises, over many films, the audit's own
 * objective – matching distance + KL + pressure · bits per pixel (activation match, docs/method.md) – with the classifier
 * and the flow held fixed.
 */
export class EstimateTrainer {
  private readonly layout: ParamLayout
  private current: TrainState

  /** @param params starting weights; copied, they stay the caller's */
  constructor(
    private readonly parts: Parts,
    private readonly training: EstimateTraining,
    params: Params,
  ) {
    this.layout = layoutOf(params)
    this.current = firstTrainState(ravel(params, this.layout))
  }

  get state(): TrainState {
    return this.current
  }

  /** Takes over a saved state. */
  restore(state: TrainState): void {
    disposeTrainState(this.current)
    this.current = state
  }

  /** @param x films [N, size, size, 1] in [0, 1]; @param noise dequantisation noise of the same shape in flow units */
  step({ x, noise }: { readonly x: tf.Tensor4D; readonly noise: tf.Tensor4D }): EstimateReport {
    const { training } = this
    const rise = Math.min(1, (this.current.step + 1) / Math.max(1, training.pressureRise))
    const { figures, gradient } = this.descend(x, noise, rise * training.pressure)
    const [value = NaN, bpd = NaN, distance = NaN, kl = NaN] = figures
    const { state, taken } = takeStep(this.current, { value, gradient }, { ...training, weightDecay: 0 })
    this.current = state
    return { loss: value, bpd, distance, kl, taken }
  }

  /** The averaged weights; the caller disposes. */
  averaged(): Params {
    return tf.tidy(() => unravel(this.current.average, this.layout))
  }

  dispose(): void {
    this.training.compiler?.release(this)
    disposeTrainState(this.current)
  }

  private descend(x: tf.Tensor4D, noise: tf.Tensor4D, pressure: number) {
    const { compiler = EAGER } = this.training
    const inputs: StepInputs = [this.current.weights, x, noise, tf.scalar(pressure)]
    const differentiate = (...given: StepInputs) => this.differentiate(given)
    const [means, gradient] = compiler.run({ models: [this], name: 'value and gradient' }, differentiate, inputs)
    const figures = means.dataSync<'float32'>().slice()
    tf.dispose([means, inputs[3]])
    return { figures, gradient }
  }

  /** Loss, bits per dimension, matching distance and KL [4], and the loss's gradient in the layout's order. */
  private differentiate([weights, x, noise, pressure]: StepInputs): [tf.Tensor1D, tf.Tensor1D] {
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
    const { value, gradient } = valueAndGradient(loss, unravel(weights, this.layout), this.layout)
    const figures = tf.stack([value, ...means]) as tf.Tensor1D
    tf.dispose(means)
    matcher.dispose()
    return [figures, gradient]
  }
}
