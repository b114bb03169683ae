import * as tf from '@tensorflow/tfjs-core'
import type { ClassifierNet } from '../classifier'
import type { FoldedFlow } from '../flow'
import {
  ADAMW,
  adamUpdate,
  disposeTrainState,
  firstTrainState,
  gradientNorm,
  nextTrainState,
  type AdamConfig,
  type TrainState,
} from '../optim'
import { layoutOf, ravel, roundToLevels, unravel, type ParamLayout, type Params } from '../tensor'
import { classifierStep } from './classifierStep'
import type { ExampleLoss, Labels } from './exampleLoss'
import { bitsPerDimension, bitsPrice, l2Price } from './price'
import { readScalars, type SimplifierReport } from './report'
import { lambdaAt, type SimplifierSettings } from './settings'
import type { SimplifierNet } from './simplifierNet'
import { logitsOf } from './trainedClassifier'
import { unrolledStep, type UnrolledProblem, type UnrolledStep } from './unrolledStep'

const CLASSIFIER_BETAS = { beta1: 0.9, beta2: 0.995 }
const SIMPLIFIER_ADAM: AdamConfig = { ...ADAMW, beta1: 0.5, beta2: 0.99, weightDecay: 0 }

export interface SimplifierModels {
  readonly simplifier: SimplifierNet
  readonly classifier: ClassifierNet
  readonly loss: ExampleLoss
  /** Frozen; stays the caller's. */
  readonly flow: FoldedFlow
}

/** All stays the caller's. */
export interface SimplifierBatch {
  /** Pictures [N, H, W, C] in [0, 1]. */
  readonly x: tf.Tensor4D
  readonly labels: Labels
  /** Dequantisation noise in flow units, uniform in [0, 1/256), of x's shape. */
  readonly noise: tf.Tensor4D
  /** Drawn once a batch, differentiable, the same for x and x̃. */
  readonly augment?: (pictures: tf.Tensor4D) => tf.Tensor4D
}

export interface SimplifierTraining {
  readonly simplifier: TrainState
  readonly classifier: TrainState
}

/**
 * Trains a simplifier and a classifier together (Schirrmeister et al. 2022): the classifier learns from simplified
 * pictures, the simplifier from what one step of that learning does to the loss, and from the bits it leaves. The step
 * that the simplifier's loss looks through is the very step that the classifier then takes.
 */
export class SimplifierTrainer {
  private readonly layouts: { readonly simplifier: ParamLayout; readonly classifier: ParamLayout }
  private readonly problem: UnrolledProblem
  private current: SimplifierTraining

  /** @param params starting weights of both; copied, they stay the caller's */
  constructor(
    private readonly models: SimplifierModels,
    private readonly settings: SimplifierSettings,
    params: { readonly simplifier: Params; readonly classifier: Params },
  ) {
    const layout = layoutOf(params.classifier)
    this.layouts = { simplifier: layoutOf(params.simplifier), classifier: layout }
    this.problem = {
      ...{ logits: logitsOf(models.classifier), layout, loss: models.loss },
      adam: { ...ADAMW, ...CLASSIFIER_BETAS, weightDecay: settings.classifierDecay },
      decayed: decayedOf(layout),
      price: settings.pressure === 'bits' ? bitsPrice(models.flow) : l2Price,
    }
    this.current = {
      simplifier: firstTrainState(ravel(params.simplifier, this.layouts.simplifier)),
      classifier: firstTrainState(ravel(params.classifier, layout)),
    }
  }

  get state(): SimplifierTraining {
    return this.current
  }

  /** Goes on from a checkpoint; takes over its tensors. */
  restore(state: SimplifierTraining): void {
    this.disposeStates()
    this.current = state
  }

  /** One step. Weights whose gradient is not finite stay as they are, and the step is counted as skipped. */
  step(batch: SimplifierBatch): SimplifierReport {
    const waiting = this.current.classifier.step < this.settings.identitySteps
    return waiting ? this.classifierStep(batch) : this.jointStep(batch)
  }

  /** The simplifier's averaged weights by name; the caller disposes. */
  simplifierParams(): Params {
    return unravel(this.current.simplifier.average, this.layouts.simplifier)
  }

  /** The classifier's averaged weights by name; the caller disposes. */
  classifierParams(): Params {
    return unravel(this.current.classifier.average, this.layouts.classifier)
  }

  dispose(): void {
    this.disposeStates()
    this.problem.decayed.dispose()
  }

  private disposeStates(): void {
    disposeTrainState(this.current.simplifier)
    disposeTrainState(this.current.classifier)
  }

  private jointStep(batch: SimplifierBatch): SimplifierReport {
    const { simplifier, classifier } = this.current
    const lambda = lambdaAt(this.settings, simplifier.step)
    const simple = tf.tidy(() => this.simplified(simplifier.weights, batch.x))
    const start = {
      ...{ weights: classifier.weights, adam: classifier.adam, rate: this.settings.classifierRate },
      terms: { before: 1, after: 1, original: this.settings.originalWeight, price: lambda },
      tau: this.settings.tau,
    }
    const step = unrolledStep(this.problem, start, { ...batch, simple })
    const figures = tf.tidy(() => this.figures(step, batch, simple))
    const pulled = tf.tidy(() => this.simplifierGradient(batch.x, step.gradient))
    const classifierMoved = Number.isFinite(gradientNorm(step.innerGradient))
    const simplifierMoved = classifierMoved && Number.isFinite(gradientNorm(pulled))
    const moved = simplifierMoved ? this.simplifierUpdate(pulled) : null
    const { averageDecay } = this.settings
    if (!classifierMoved) tf.dispose([step.stepped.weights, step.stepped.state.first, step.stepped.state.second])
    this.current = {
      classifier: nextTrainState(classifier, classifierMoved ? step.stepped : null, averageDecay),
      simplifier: nextTrainState(simplifier, moved, averageDecay),
    }
    tf.dispose([simple, pulled, step.gradient, step.innerGradient, step.before, step.after, step.original])
    tf.dispose([step.gate, step.price, step.logits.simple, step.logits.original])
    return { phase: 'joint', lambda, ...figures, classifierMoved, simplifierMoved }
  }

  /** A step on the pictures as they are. */
  private classifierStep(batch: SimplifierBatch): SimplifierReport {
    const { classifier } = this.current
    const { classifierRate: rate, averageDecay } = this.settings
    const { moved, loss, accuracy } = classifierStep(this.problem, { ...classifier, rate }, batch)
    this.current = { ...this.current, classifier: nextTrainState(classifier, moved, averageDecay) }
    return {
      ...{
        phase: 'classifier',
        lambda: 0,
        before: loss,
        accuracySimplified: accuracy,
        classifierMoved: moved !== null,
      },
      ...{ after: NaN, original: NaN, gate: NaN, bpdSimplified: NaN, accuracyOriginal: NaN, simplifierMoved: false },
    }
  }

  private simplified(weights: tf.Tensor1D, x: tf.Tensor4D): tf.Tensor4D {
    return roundToLevels(this.models.simplifier.apply(unravel(weights, this.layouts.simplifier), x))
  }

  /** ∂loss/∂x̃ back through rounding and network, with the L2 penalty's share. */
  private simplifierGradient(x: tf.Tensor4D, ofPixels: tf.Tensor4D): tf.Tensor1D {
    const { weights } = this.current.simplifier
    const gradient = tf.grad((vector: tf.Tensor) => this.simplified(vector as tf.Tensor1D, x))(weights, ofPixels)
    return tf.add(gradient, tf.mul(weights, this.settings.simplifierDecay))
  }

  private simplifierUpdate(gradient: tf.Tensor1D) {
    const { weights, adam } = this.current.simplifier
    return adamUpdate(SIMPLIFIER_ADAM, { weights, gradient, state: adam, rate: this.settings.simplifierRate })
  }

  private figures(step: UnrolledStep, { noise, labels }: SimplifierBatch, simple: tf.Tensor4D) {
    const { loss, flow } = this.models
    const bpd = this.settings.pressure === 'bits' ? step.price : bitsPerDimension(flow, simple, noise)
    return readScalars({
      before: tf.mean(step.before),
      after: tf.mean(step.after),
      original: tf.mean(step.original),
      gate: tf.mean(step.gate),
      bpdSimplified: tf.mean(bpd),
      accuracySimplified: loss.accuracy(step.logits.simple, labels),
      accuracyOriginal: loss.accuracy(step.logits.original, labels),
    })
  }
}

/** Weight decay on kernels and gains, not on biases. */
function decayedOf(layout: ParamLayout): tf.Tensor1D {
  const decays = (name: string) => name.endsWith('.weight') || name.endsWith('.gain')
  return tf.tidy(() =>
    tf.concat1d(layout.names.map((name, i) => tf.fill([layout.sizes[i] ?? 0], decays(name) ? 1 : 0))),
  )
}
