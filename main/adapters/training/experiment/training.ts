import * as tf from '@tensorflow/tfjs-core'
import type { CurvePoint } from '../../../../contract'
import type { ClassifierNet } from '../../../engine/classifier'
import { smallClassifier } from '../../../engine/classifier'
import type { PreparedFlow } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import {
  JointTrainer,
  PUBLISHED_SETTINGS,
  type SimplifierNet,
  type SimplifierReport,
  type SimplifierSettings,
} from '../../../engine/simplify'
import { disposeParams, type Compiler, type Params } from '../../../engine/tensor'
import type { PictureSet } from '../../experimentData'
import { giveWay } from '../../compute'
import { loadCheckpoints, saveCheckpoints } from '../checkpoint'
import { worthAGraph } from '../worthAGraph'
import { labSimplifier } from './labSimplifier'
import { drawBatch } from './pictures'

/** Steps between two points of the curves. */
const POINT_EVERY = 10
const STATES = ['simplifier', 'classifier'] as const
const STEM_STRIDE = 2

/** What a training works with. */
export interface TrainingProblem {
  readonly flow: PreparedFlow
  readonly classes: number
  readonly settings: SimplifierSettings
  readonly steps: number
  readonly batch: number
  readonly seed: number
  readonly simplifierWidth: number
  /** Of the simplifier's multiplier. */
  readonly simplifierStart: number
  readonly classifierWidth: number
}

/** What a training of the lab tells as it goes, and what stops it. */
export interface LabWatch {
  readonly signal: AbortSignal
  /** After every step; seconds it took. */
  onStep(phase: SimplifierReport['phase'], step: number, seconds: number): void
  onPoint(point: Pick<CurvePoint, 'step' | 'phase' | 'loss' | 'bpd' | 'accuracy'>): Promise<void>
  /** After every checkpoint, and at the start with the step it goes on from. */
  onCheckpoint(step: number, trained: Trained): Promise<void>
}

export interface Trained {
  readonly simplifier: { readonly net: SimplifierNet; readonly params: Params }
  readonly classifier: { readonly net: ClassifierNet; readonly params: Params }
  readonly skipped: number
}

/** A classifier alone: all steps are those before the simplifier begins. */
export function classifierAlone(
  problem: Omit<TrainingProblem, 'settings' | 'simplifierWidth' | 'simplifierStart'>,
  of: Pick<SimplifierSettings, 'classifierRate' | 'averageDecay'>,
): TrainingProblem {
  const settings = { ...PUBLISHED_SETTINGS, ...of, identitySteps: problem.steps, lambda: 0 }
  return { ...problem, settings, simplifierWidth: 1, simplifierStart: 0 }
}

/**
 * Trains from where the folder stands to the end, with a checkpoint every so many steps.
 *
 * @returns the weights, the caller's to dispose; null where it was stopped (a checkpoint is left)
 */
export async function train(
  problem: TrainingProblem,
  of: { set: PictureSet; folder: string; checkpointEvery: number; compiler: Compiler },
  watch: LabWatch,
): Promise<Trained | null> {
  const compiler = worthAGraph(problem.steps, of.compiler)
  const { trainer, nets } = startTrainer(problem, { set: of.set, compiler })
  const config = { ...problem, flow: problem.flow.config }
  const taken = () => trainedOf(trainer, nets)
  try {
    const resumed = await loadCheckpoints(of.folder, config, STATES)
    if (resumed) trainer.restore(resumed)
    await handOver(trainer.state.classifier.step, taken, watch)
    const recent: SimplifierReport[] = []
    while (trainer.state.classifier.step < problem.steps && !watch.signal.aborted) {
      const began = performance.now()
      const batch = drawBatch(of.set, { ...problem, step: trainer.state.classifier.step })
      const report = trainer.step(batch)
      tf.dispose([batch.x, batch.noise, batch.targets])
      recent.push(report)
      const { step } = trainer.state.classifier
      watch.onStep(report.phase, step, (performance.now() - began) / 1000)
      if (step % POINT_EVERY === 0 || step === problem.steps) {
        const point = pointOf(recent.splice(0))
        if (point) await watch.onPoint({ step, ...point })
      }
      if (step % of.checkpointEvery === 0 && step < problem.steps) {
        await saveCheckpoints(of.folder, config, { ...trainer.state })
        await handOver(step, taken, watch)
      }
      await giveWay()
    }
    await saveCheckpoints(of.folder, config, { ...trainer.state })
    return trainer.state.classifier.step < problem.steps ? null : taken()
  } finally {
    trainer.dispose()
  }
}

export function disposeTrained({ simplifier, classifier }: Trained): void {
  disposeParams(simplifier.params)
  disposeParams(classifier.params)
}

type Nets = { readonly simplifier: SimplifierNet; readonly classifier: ClassifierNet }

function startTrainer(problem: TrainingProblem, { set, compiler }: { set: PictureSet; compiler: Compiler }) {
  const { size, channels } = set
  const nets: Nets = {
    simplifier: labSimplifier(set, problem.simplifierWidth),
    classifier: smallClassifier({
      size,
      channels,
      classes: problem.classes,
      width: problem.classifierWidth,
      stemStride: STEM_STRIDE,
    }),
  }
  const rng = seededRng(problem.seed)
  const classifier = nets.classifier.init(rng.fork('classifier'))
  const { multiplier, ...layers } = nets.simplifier.init(rng)
  multiplier?.dispose()
  const params = { classifier, simplifier: { ...layers, multiplier: tf.scalar(problem.simplifierStart) } }
  const models = { ...nets, flow: problem.flow, compiler }
  const trainer = new JointTrainer(models, problem.settings, params)
  disposeParams(params.classifier)
  disposeParams(params.simplifier)
  return { trainer, nets }
}

async function handOver(step: number, taken: () => Trained, watch: LabWatch): Promise<void> {
  const trained = taken()
  try {
    await watch.onCheckpoint(step, trained)
  } finally {
    disposeTrained(trained)
  }
}

function trainedOf(trainer: JointTrainer, nets: Nets): Trained {
  return {
    simplifier: { net: nets.simplifier, params: trainer.simplifierParams() },
    classifier: { net: nets.classifier, params: trainer.classifierParams() },
    skipped: trainer.state.classifier.skipped + trainer.state.simplifier.skipped,
  }
}

/** Means over the last steps; null where all of them were skipped for numbers that are none. */
function pointOf(reports: readonly SimplifierReport[]) {
  const last = reports.at(-1)
  if (!last) throw new RangeError('A point of the curves needs a step')
  const same = reports.filter((one) => one.phase === last.phase && isSound(one))
  if (same.length === 0) return null
  const mean = (of: (report: SimplifierReport) => number) => same.reduce((sum, one) => sum + of(one), 0) / same.length
  return {
    phase: last.phase,
    loss: mean((one) => one.before),
    bpd: last.phase === 'joint' ? mean((one) => one.bpdSimplified) : null,
    accuracy: mean((one) => one.accuracySimplified),
  }
}

function isSound({ phase, before, bpdSimplified, accuracySimplified }: SimplifierReport): boolean {
  return [before, accuracySimplified, ...(phase === 'joint' ? [bpdSimplified] : [])].every(Number.isFinite)
}
