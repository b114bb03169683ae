import * as tf from '@tensorflow/tfjs-core'
import {
  SimpleBitsError,
  type Cell,
  type CellResult,
  type CondensationExperiment,
  type SampleGrid,
} from '../../../../contract'
import { referenceSteps } from '../../../domain/experiments'
import {
  AUTHORS_EVALUATION,
  authorsCondensing,
  authorsNet,
  condenseNet,
  Condenser,
  evaluateCondensed,
  type CondenseNet,
  type CondensedEvaluation,
  type CondenseReport,
  type CondenseSettings,
  type RealPictures,
} from '../../../engine/condense'
import type { TrainState } from '../../../engine/optim'
import type { PictureSet } from '../../experimentData'
import { giveWay } from '../../compute'
import { loadCheckpoint, saveCheckpoint } from '../checkpoint'
import { writeSamples } from './contactSheet'
import { bitsOf, blankOf, meanBpd } from './measure'
import { tensorOf } from './pictures'
import { tellPoint, tellProgress, type Run } from './run'
import { checkpointFolder, trimPoints } from '../../runs'
import { referenceOf } from './reference'
import { classifierAlone, type TrainingProblem } from './training'

type CondensationRun = Run<CondensationExperiment>

const REFERENCE = { batch: 32, classifierWidth: 16, rate: 1e-3 }

/**
 * One weight of the bits with one seed: a set of few pictures is learnt, and judged by fresh nets that see nothing else.
 *
 * @returns null where it was stopped; its checkpoint stays
 */
export async function runCondensationCell(run: CondensationRun, cell: Cell): Promise<CellResult | null> {
  const began = performance.now()
  const reference = await referenceOf(run, cell, referenceProblem(run, cell))
  if (!reference) return null
  const { sets, flow, experiment, compiler } = run
  const net = condenseNet({ ...authorsNet({ ...sets, classes: sets.classNames.length }), width: experiment.width })
  const settings = settingsOf(experiment, cell)
  const real = realPictures(sets.train, sets.classNames)
  const condenser = new Condenser({ net, settings, real, flow, compiler })
  try {
    if (!(await condense(run, cell, { condenser, settings }))) return null
    const found = condensedSet(condenser, sets)
    const evaluated = await evaluate(run, cell, { net, found })
    const samples = samplesOf(run, cell, found)
    await writeSamples(run.folder, samples)
    run.emit({ kind: 'samples', samples })
    const [original, after, blank] = [sets.test, found, blankOf(sets)].map((set) => meanBpd(run, bitsOf(run, set)))
    const both = (value: number) => ({ original: value, simplified: value })
    const { accuracy, auc } = evaluated.test
    await tellEvaluation(run, cell, { validation: evaluated.validation, bpd: after ?? NaN })
    const spread = (auc ?? accuracy).deviation
    return {
      cell,
      reference: reference.test,
      retrained: null,
      parts: null,
      skippedSteps: condenser.state.skipped,
      bpd: { original: original ?? NaN, simplified: after ?? NaN, blank: blank ?? NaN },
      accuracy: both(accuracy.mean),
      auc: auc && both(auc.mean),
      spread: Number.isFinite(spread) ? spread : null,
      seconds: (performance.now() - began) / 1000,
    }
  } finally {
    compiler.release(net)
    condenser.dispose()
  }
}

function settingsOf(experiment: CondensationExperiment, { value, seed }: Cell): CondenseSettings {
  const { imagesPerClass, iterations, outerLoops, innerLoops, realBatch, start } = experiment
  const authors = authorsCondensing(1)
  return {
    ...authors,
    perClass: imagesPerClass,
    outerSteps: outerLoops,
    innerSteps: innerLoops,
    iterations,
    realBatch,
    start,
    seed,
    bitsWeight: value,
    pictures: { ...authors.pictures, floor: experiment.rateFloor },
  }
}

/**
 * Draws of each class's pictures, without repetition.
 * @throws SimpleBitsError BAD_REQUEST where a class has none
 */
function realPictures(set: PictureSet, classNames: readonly string[]): RealPictures {
  const places = new Map<number, number[]>()
  set.labels.forEach((label, place) => places.set(label, [...(places.get(label) ?? []), place]))
  const missing = classNames.find((_, label) => !places.has(label))
  if (missing !== undefined)
    throw new SimpleBitsError('BAD_REQUEST', `data.train: ${set.count} pictures hold none of the class “${missing}”.`)
  const length = set.size * set.size * set.channels
  return (label, count, rng) => {
    const own = places.get(label) ?? []
    const taken = rng.permutation(own.length).slice(0, count)
    const values = new Float32Array(taken.length * length)
    taken.forEach((i, place) => {
      const at = (own[i] ?? 0) * length
      values.set(set.pictures.subarray(at, at + length), place * length)
    })
    return tf.tidy(() => tf.div(tf.tensor4d(values, [taken.length, set.size, set.size, set.channels]), 255))
  }
}

/** @returns whether it came to its end */
async function condense(
  run: CondensationRun,
  cell: Cell,
  { condenser, settings }: { condenser: Condenser; settings: CondenseSettings },
): Promise<boolean> {
  const { checkpointEvery } = run.experiment
  const folder = checkpointFolder(run.folder, cell.id, 'condensing')
  const config = { settings, set: run.experiment.data, flow: run.experiment.flow, width: run.experiment.width }
  const resumed = await loadCheckpoint(folder, config)
  if (resumed) restore(condenser, resumed)
  await trimPoints(run.folder, cell.id, condenser.state.iteration)
  while (condenser.state.iteration < settings.iterations && !run.signal.aborted) {
    const report = await condenser.iterate(giveWay)
    await tell(run, cell, report)
    if (report.iteration % checkpointEvery === 0) {
      await saveCheckpoint(folder, config, stateOf(condenser))
      const samples = samplesOf(run, cell, condensedSet(condenser, run.sets))
      await writeSamples(run.folder, samples)
      run.emit({ kind: 'samples', samples })
    }
    await giveWay()
  }
  await saveCheckpoint(folder, config, stateOf(condenser))
  return condenser.state.iteration >= settings.iterations
}

async function tell(run: CondensationRun, cell: Cell, report: CondenseReport): Promise<void> {
  const { iterations } = run.experiment
  const step = report.iteration
  run.pace.measured('condensing', report.seconds)
  tellProgress(run, cell, { step, of: iterations, done: { classifier: 0, joint: 0, condensing: step }, note: cell.id })
  // A skipped iteration has no place on the curve.
  if (![report.loss, report.bpd].every(Number.isFinite)) return
  const point = { cell: cell.id, step, of: iterations, loss: report.loss, bpd: report.bpd, accuracy: null, auc: null }
  await tellPoint(run, { ...point, phase: 'condensing' })
}

/** A condensation has no averaged weights: the pictures' logits stand in both places of the checkpoint. */
function stateOf({ state }: Condenser): TrainState {
  const { alpha, adam, iteration, skipped } = state
  return { weights: alpha, average: alpha, adam, step: iteration, skipped }
}

function restore(condenser: Condenser, { weights, average, adam, step, skipped }: TrainState): void {
  average.dispose()
  condenser.restore({ alpha: weights, adam, iteration: step, skipped })
}

function condensedSet(condenser: Condenser, { size, channels }: Run['sets']): PictureSet {
  const x = condenser.pictures()
  const pictures = Uint8Array.from(x.dataSync(), (value) => Math.round(255 * value))
  x.dispose()
  const labels = Uint8Array.from(condenser.labels())
  return { size, channels, count: labels.length, pictures, labels }
}

/** What is chosen by, and what is reported: of the same fresh nets. */
async function evaluate(run: CondensationRun, cell: Cell, { net, found }: { net: CondenseNet; found: PictureSet }) {
  const { compiler, experiment } = run
  const { evaluation } = experiment
  const settings = {
    ...AUTHORS_EVALUATION,
    networks: evaluation.nets,
    epochs: evaluation.epochs,
    rate: evaluation.rate,
    seed: cell.seed,
  }
  const labelled = (set: PictureSet) => ({ x: tensorOf(set), labels: [...set.labels] })
  const [train, ...tests] = [labelled(found), labelled(run.sets.validation), labelled(run.sets.test)] as const
  try {
    const [validation, test] = await evaluateCondensed(net, { train, tests, pause: giveWay, compiler }, settings)
    if (!validation || !test) throw new RangeError('A condensed set is judged on validation and on test pictures')
    return { validation, test }
  } finally {
    tf.dispose([train, ...tests].map(({ x }) => x))
  }
}

/** The last point of the curves: validation pictures, by which settings are chosen. */
async function tellEvaluation(
  run: CondensationRun,
  cell: Cell,
  { validation, bpd }: { validation: CondensedEvaluation; bpd: number },
): Promise<void> {
  const { iterations } = run.experiment
  const [accuracy, auc] = [validation.accuracy.mean, validation.auc?.mean ?? null]
  const point = { cell: cell.id, step: iterations, of: iterations, loss: 1 - accuracy, bpd, accuracy, auc }
  await tellPoint(run, { ...point, phase: 'evaluation' })
}

function referenceProblem(run: CondensationRun, { seed }: Cell): TrainingProblem {
  const { batch, classifierWidth, rate } = REFERENCE
  const classes = run.sets.classNames.length
  const steps = referenceSteps(run.experiment)
  const problem = { flow: run.flow, classes, steps, batch, seed, classifierWidth }
  return classifierAlone(problem, { classifierRate: rate, averageDecay: 0 })
}

function samplesOf(run: CondensationRun, cell: Cell, found: PictureSet): SampleGrid {
  const { size, channels, count, pictures, labels } = found
  return {
    cell: cell.id,
    size,
    channels,
    count,
    originals: null,
    pictures,
    labels: Array.from(labels, (label) => run.sets.classNames[label] ?? String(label)),
    bits: bitsOf(run, found).each.map((after) => ({ before: null, after })),
  }
}
