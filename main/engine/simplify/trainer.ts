import * as tf from '@tensorflow/tfjs-core'
import type { ClassifierNet } from '../classifier'
import type { PreparedFlow } from '../flow'
import {
  ADAMW,
  decayMask,
  disposeTrainState,
  firstTrainState,
  KERNELS_AND_GAINS,
  nextTrainState,
  type TrainState,
} from '../optim'
import { EAGER, layoutOf, ravel, roundToLevels, unravel, type Compiler, type ParamLayout, type Params } from '../tensor'
import { CompiledSteps, type Moved, type SimplifierBatch } from './compiledSteps'
import { bitsPrice, l2Price } from './price'
import type { SimplifierReport } from './report'
import { lambdaAt, type SimplifierSettings } from './settings'
import type { SimplifierNet } from './simplifierNet'
import { logitsOf } from './trainedClassifier'

const CLASSIFIER_BETAS = { beta1: 0.9, beta2: 0.995 }

interface SimplifierModels {
  readonly simplifier: SimplifierNet
  readonly classifier: ClassifierNet
  /** Frozen; stays the caller's. */
  readonly flow: PreparedFlow
  /** What the steps are run by; operation by operation where absent. */
  readonly compiler?: Compiler
}

export interface JointState {
  readonly simplifier: TrainState
  readonly classifier: TrainState
}

/**
 * Trains a simplifier and a classifier together (Schirrmeister et al. 2022): the classifier learns from simplified
 * pictures, the simplifier from what one step of that learning does to the loss, and from the bits it leaves. The step
 * that the simplifier's loss looks through is the very step that the classifier then takes.
 */
export class JointTrainer {
  private readonly layouts: { readonly simplifier: ParamLayout; readonly classifier: ParamLayout }
  private readonly decayed: tf.Tensor1D
  private readonly steps: CompiledSteps
  private current: JointState

  /** @param params starting weights of both; copied, they stay the caller's */
  constructor(
    models: SimplifierModels,
    private readonly settings: SimplifierSettings,
    params: { readonly simplifier: Params; readonly classifier: Params },
  ) {
    const layout = layoutOf(params.classifier)
    this.layouts = { simplifier: layoutOf(params.simplifier), classifier: layout }
    const simplifierLayout = this.layouts.simplifier
    this.decayed = decayMask(layout, KERNELS_AND_GAINS)
    const problem = {
      unrolled: {
        logits: logitsOf(models.classifier),
        layout,
        decayed: this.decayed,
        adam: { ...ADAMW, ...CLASSIFIER_BETAS, weightDecay: settings.classifierDecay },
        price: settings.pressure === 'bits' ? bitsPrice(models.flow) : l2Price,
      },
      simplified: (weights: tf.Tensor1D, x: tf.Tensor4D) =>
        roundToLevels(models.simplifier.apply(unravel(weights, simplifierLayout), x)),
      flow: models.flow,
      settings,
    }
    this.steps = new CompiledSteps(problem, models.compiler ?? EAGER)
    this.current = {
      simplifier: firstTrainState(ravel(params.simplifier, this.layouts.simplifier)),
      classifier: firstTrainState(ravel(params.classifier, layout)),
    }
  }

  get state(): JointState {
    return this.current
  }

  /** Goes on from a checkpoint; takes over its tensors. */
  restore(state: JointState): void {
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
    this.steps.dispose()
    this.decayed.dispose()
  }

  private disposeStates(): void {
    disposeTrainState(this.current.simplifier)
    disposeTrainState(this.current.classifier)
  }

  private jointStep(batch: SimplifierBatch): SimplifierReport {
    const { simplifier, classifier } = this.current
    const lambda = lambdaAt(this.settings, simplifier.step)
    const moved = this.steps.joint({ simplifier, classifier, lambda }, batch)
    const { classifierSquares, simplifierSquares, ...figures } = moved.figures
    const classifierMoved = Number.isFinite(classifierSquares)
    const simplifierMoved = classifierMoved && Number.isFinite(simplifierSquares)
    this.current = {
      classifier: this.next(classifier, moved.classifier, classifierMoved),
      simplifier: this.next(simplifier, moved.simplifier, simplifierMoved),
    }
    return { phase: 'joint', lambda, ...figures, classifierMoved, simplifierMoved }
  }

  /** A step on the pictures as they are. */
  private classifierStep(batch: SimplifierBatch): SimplifierReport {
    const { classifier } = this.current
    const moved = this.steps.classifier(classifier, batch)
    const { loss, accuracy, squares } = moved.figures
    const classifierMoved = Number.isFinite(squares)
    this.current = { ...this.current, classifier: this.next(classifier, moved.classifier, classifierMoved) }
    return {
      phase: 'classifier',
      lambda: 0,
      before: loss,
      accuracySimplified: accuracy,
      classifierMoved,
      after: NaN,
      original: NaN,
      gate: NaN,
      bpdSimplified: NaN,
      accuracyOriginal: NaN,
      simplifierMoved: false,
    }
  }

  /** Weights whose gradient was not finite stay, and the step is counted. */
  private next(before: TrainState, { weights, state }: Moved, finite: boolean): TrainState {
    if (!finite) tf.dispose([weights, state.first, state.second])
    return nextTrainState(before, finite ? { weights, state } : null, this.settings.averageDecay)
  }
}
