import * as tf from '@tensorflow/tfjs-core'
import { momentCorrection, type AdamConfig, type AdamState, type TrainState } from '../optim'
import type { Compiler } from '../tensor'
import { CLASSIFIER_FIGURES, classifierStep } from './classifierStep'
import { JOINT_FIGURES, jointStep, SIMPLIFIER_ADAM, type JointProblem } from './jointStep'

/** All stays the caller's. */
export interface SimplifierBatch {
  /** Pictures [N, H, W, C] in [0, 1]. */
  readonly x: tf.Tensor4D
  /** Probabilities [N, classes]. */
  readonly targets: tf.Tensor2D
  /** Dequantisation noise in flow units, uniform in [0, 1/256), of x's shape. */
  readonly noise: tf.Tensor4D
}

/** Weights and moments after a step, the caller's. */
export interface Moved {
  readonly weights: tf.Tensor1D
  readonly state: AdamState
}

/**
 * The steps of one training as functions from tensors to tensors, run by a compiler. What changes from step to step is an
 * input: weights, moments, what these are divided by, λ, the batch. Flow and settings are part of the function.
 */
export class CompiledSteps {
  constructor(
    private readonly problem: JointProblem,
    private readonly compiler: Compiler,
  ) {}

  /** `jointStep`. */
  joint(from: { simplifier: TrainState; classifier: TrainState; lambda: number }, batch: SimplifierBatch) {
    const [own, other] = [momentsOf(from.simplifier), momentsOf(from.classifier)]
    const divisors = [
      ...divisorsOf(SIMPLIFIER_ADAM, from.simplifier),
      ...divisorsOf(this.problem.unrolled.adam, from.classifier),
    ]
    const step = (...inputs: tf.Tensor[]) => {
      const [changing, ...rest] = inputs as [tf.Tensor1D, ...tf.Tensor1D[]]
      const [lambda, ...by] = tf.unstack(changing) as [tf.Scalar, ...tf.Scalar[]]
      const start = {
        simplifier: running(rest.slice(0, 3), by.slice(0, 2)),
        classifier: running(rest.slice(3, 6), by.slice(2)),
        lambda,
      }
      const { simplifier, classifier, figures } = jointStep(this.problem, start, batchOf(inputs.slice(7)))
      return [figures, ...tensorsOf(simplifier), ...tensorsOf(classifier)]
    }
    const { figures, tensors } = this.run('joint step', step, {
      changing: [from.lambda, ...divisors],
      tensors: [...own, ...other],
      batch,
    })
    return {
      simplifier: movedOf(tensors.slice(0, 3), from.simplifier),
      classifier: movedOf(tensors.slice(3), from.classifier),
      figures: named(JOINT_FIGURES, figures),
    }
  }

  /** `classifierStep`. */
  classifier(from: TrainState, batch: SimplifierBatch) {
    const { unrolled, settings } = this.problem
    const step = (...inputs: tf.Tensor[]) => {
      const [changing, ...rest] = inputs as [tf.Tensor1D, ...tf.Tensor1D[]]
      const start = { ...running(rest.slice(0, 3), tf.unstack(changing) as tf.Scalar[]), rate: settings.classifierRate }
      const { stepped, figures } = classifierStep(unrolled, start, batchOf(inputs.slice(4)))
      return [figures, ...tensorsOf(stepped)]
    }
    const { figures, tensors } = this.run('classifier step', step, {
      changing: divisorsOf(unrolled.adam, from),
      tensors: momentsOf(from),
      batch,
    })
    return { classifier: movedOf(tensors, from), figures: named(CLASSIFIER_FIGURES, figures) }
  }

  /** Frees the graphs. */
  dispose(): void {
    this.compiler.release(this)
  }

  private run(
    name: string,
    step: (...inputs: tf.Tensor[]) => tf.Tensor[],
    {
      changing,
      tensors,
      batch,
    }: { changing: readonly number[]; tensors: readonly tf.Tensor[]; batch: SimplifierBatch },
  ) {
    const { x, noise, targets } = batch
    const numbers = tf.tensor1d([...changing])
    const inputs = [numbers, ...tensors, x, noise, targets]
    const [figures, ...found] = this.compiler.run({ models: [this], name }, step, inputs)
    if (!figures) throw new RangeError(`The ${name} gave no figures`)
    const values = [...figures.dataSync<'float32'>()]
    tf.dispose([numbers, figures])
    return { figures: values, tensors: found as tf.Tensor1D[] }
  }
}

function momentsOf({ weights, adam }: TrainState): tf.Tensor1D[] {
  return [weights, adam.first, adam.second]
}

function tensorsOf({ weights, state }: Moved): tf.Tensor1D[] {
  return [weights, state.first, state.second]
}

function divisorsOf(config: AdamConfig, { adam }: TrainState): number[] {
  const { first, secondRoot } = momentCorrection(config, adam.steps)
  return [first, secondRoot]
}

/** The count of steps is in the divisors. */
function running([weights, first, second]: readonly tf.Tensor1D[], [divisor, secondRoot]: readonly tf.Scalar[]) {
  if (!weights || !first || !second || !divisor || !secondRoot) throw new RangeError('Weights and moments are missing')
  return { weights, adam: { first, second, steps: NaN }, correction: { first: divisor, secondRoot } }
}

function movedOf([weights, first, second]: readonly tf.Tensor1D[], { adam }: TrainState): Moved {
  if (!weights || !first || !second) throw new RangeError('The step gave no weights')
  return { weights, state: { first, second, steps: adam.steps + 1 } }
}

function batchOf(inputs: readonly tf.Tensor[]): SimplifierBatch {
  const [x, noise, targets] = inputs as [tf.Tensor4D, tf.Tensor4D, tf.Tensor2D]
  return { x, noise, targets }
}

function named<K extends string>(names: readonly K[], values: readonly number[]): Record<K, number> {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? NaN])) as Record<K, number>
}
