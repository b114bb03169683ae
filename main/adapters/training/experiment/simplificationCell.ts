import type { Cell, CellResult, SampleGrid, SimplificationExperiment } from '../../../../contract'
import { referenceSteps, stepsOf, type Work } from '../../../domain/experiments'
import { blurred, jpegCoded, learned, type Simplification, type SimplifierSettings } from '../../../engine/simplify'
import { loadJpegRoundTrip } from '../../codec'
import { chosen, type ExperimentSet } from '../../experimentData'
import { writeSamples } from './contactSheet'
import { KeptCheckpoint } from './keptCheckpoint'
import { bitsOf, blankOf, meanBpd, partsOf, scoresOf, type Scores } from './measure'
import { simplifiedSet } from './pictures'
import { referenceOf } from './reference'
import { checkpointFolder, trimPoints } from '../../runs'
import { tellPoint, tellProgress, type Reference, type Run } from './run'
import { classifierAlone, disposeTrained, train, type LabWatch, type Trained, type TrainingProblem } from './training'
import { validated } from './validate'

type SimplificationRun = Run<SimplificationExperiment>

/**
 * One pressure, or one baseline, with one seed: training, measurement on the test pictures, a fresh classifier on the simplified ones.
 *
 * @returns null where it was stopped; its checkpoints stay
 */
export async function runSimplificationCell(run: SimplificationRun, cell: Cell): Promise<CellResult | null> {
  const began = performance.now()
  const reference = await referenceOf(run, cell, aloneProblem(run, cell.seed, referenceSteps(run.experiment)))
  if (!reference) return null
  const baseline = await baselineOf(run, cell)
  const training = baseline
    ? {
        problem: aloneProblem(run, cell.seed, referenceSteps(run.experiment)),
        set: simplifiedSet(run.sets.train, baseline),
      }
    : { problem: jointProblem(run, cell), set: run.sets.train }
  const kept = keptOf(run, cell, reference)
  const last = await train(
    training.problem,
    stageOf(run, cell, { set: training.set, stage: 'joint' }),
    watchOf(run, cell, { baseline, kept }),
  )
  if (!last) return null
  if (kept) await offer(run, { kept, step: training.problem.steps, trained: last })
  const { trained, step: keptStep } = kept ? await kept.orLast(last) : { trained: last }
  try {
    const simplification = baseline ?? learned(trained.simplifier.net, trained.simplifier.params)
    const retrained = baseline ? null : await retrain(run, cell, simplification)
    if (retrained === 'stopped') return null
    const { result, simple } = measure(run, { cell, trained, simplification })
    const samples = samplesOf(run, cell, { set: run.sets.test, simple })
    await writeSamples(run.folder, samples)
    run.emit({ kind: 'samples', samples })
    await tellEvaluation(run, cell, { trained, simplification })
    const seconds = (performance.now() - began) / 1000
    const chosen = keptStep === undefined ? {} : { keptStep }
    const told = { cell, reference: reference.test, retrained, seconds, ...chosen }
    return { ...result, ...told, spread: null, skippedSteps: trained.skipped }
  } finally {
    disposeTrained(trained)
  }
}

function jointProblem({ experiment, flow, sets }: SimplificationRun, { value, seed }: Cell): TrainingProblem {
  const settings: SimplifierSettings = {
    lambda: value,
    lambdaWarmUp: experiment.pressureRise,
    identitySteps: experiment.warmUpSteps,
    tau: experiment.tau,
    originalWeight: experiment.originalWeight,
    pressure: experiment.pressed,
    classifierRate: experiment.classifierRate,
    classifierDecay: 1e-5,
    simplifierRate: experiment.simplifierRate,
    simplifierDecay: experiment.simplifierDecay,
    averageDecay: experiment.averageDecay,
  }
  const { batch, simplifierWidth, simplifierStart, classifierWidth } = experiment
  const steps = experiment.warmUpSteps + experiment.steps
  return {
    flow,
    settings,
    steps,
    batch,
    seed,
    simplifierWidth,
    simplifierStart,
    classifierWidth,
    classes: sets.classNames.length,
  }
}

function aloneProblem({ experiment, flow, sets }: SimplificationRun, seed: number, steps: number): TrainingProblem {
  const { batch, classifierWidth } = experiment
  const classes = sets.classNames.length
  const problem = { flow, classes, steps, batch, seed, classifierWidth }
  return classifierAlone(problem, { classifierRate: experiment.classifierRate, averageDecay: experiment.averageDecay })
}

function stageOf(run: SimplificationRun, cell: Cell, of: { set: ExperimentSet; stage: 'joint' | 'retraining' }) {
  const { checkpointEvery } = run.experiment
  const folder = checkpointFolder(run.folder, cell.id, of.stage)
  return { set: of.set, folder, checkpointEvery, compiler: run.compiler }
}

async function baselineOf(run: SimplificationRun, { method, value }: Cell): Promise<Simplification | null> {
  if (method === 'blur') return blurred(value)
  if (method !== 'jpeg') return null
  const size = { width: run.sets.size, height: run.sets.size }
  const roundTrip = await loadJpegRoundTrip()
  return jpegCoded(value, (levels, quality) => roundTrip(levels, size, quality).pixels)
}

async function retrain(
  run: SimplificationRun,
  cell: Cell,
  simplification: Simplification,
): Promise<CellResult['retrained'] | 'stopped'> {
  const { retrainSteps, warmUpSteps, steps } = run.experiment
  if (retrainSteps === 0) return null
  const set = simplifiedSet(run.sets.train, simplification)
  // a seed of its own: the fresh classifier shares nothing with the one that was trained along
  const problem = aloneProblem(run, cell.seed + 1000, retrainSteps)
  const watch = watchOf(run, cell, { from: warmUpSteps + steps, phase: 'retraining' })
  const trained = await train(problem, stageOf(run, cell, { set, stage: 'retraining' }), watch)
  if (!trained) return 'stopped'
  const { net, params } = trained.classifier
  const original = scoresOf(net, params, run.sets.test)
  const simplified = scoresOf(net, params, simplifiedSet(run.sets.test, simplification))
  disposeTrained(trained)
  return together(original, simplified)
}

/** Where the best of a cell's checkpoints is kept; null where the last one is taken. */
function keptOf(run: SimplificationRun, cell: Cell, { validation }: Reference): KeptCheckpoint | null {
  const { accuracyMargin, pressed } = run.experiment
  if (accuracyMargin === null || cell.method !== pressed || cell.value === 0) return null
  return new KeptCheckpoint(checkpointFolder(run.folder, cell.id, 'kept'), validation.accuracy - accuracyMargin)
}

/** Measures a checkpoint and offers it to be kept. */
function offer(
  run: SimplificationRun,
  { kept, step, trained }: { kept: KeptCheckpoint; step: number; trained: Trained },
): Promise<void> {
  const { simplifier, classifier } = trained
  return kept.offer(step, trained, validated(run, classifier, learned(simplifier.net, simplifier.params)))
}

function watchOf(
  run: SimplificationRun,
  cell: Cell,
  of: { from?: number; phase?: 'retraining'; baseline?: Simplification | null; kept?: KeptCheckpoint | null },
): LabWatch {
  const { from = 0, phase, baseline, kept } = of
  const all = stepsOf(run.experiment, cell)
  const { warmUpSteps } = run.experiment
  const doneAt = (step: number): Work => {
    if (baseline) return { classifier: step, joint: 0, condensing: 0 }
    const joint = phase ? run.experiment.steps : Math.max(0, step - warmUpSteps)
    return { classifier: phase ? warmUpSteps + step : Math.min(step, warmUpSteps), joint, condensing: 0 }
  }
  return {
    signal: run.signal,
    onStep(kind, step, seconds) {
      run.pace.measured(kind, seconds)
      tellProgress(run, cell, { step: from + step, of: all, done: doneAt(step), note: cell.id })
    },
    onPoint: (point) =>
      tellPoint(run, {
        ...point,
        cell: cell.id,
        step: from + point.step,
        of: all,
        auc: null,
        phase: phase ?? point.phase,
      }),
    async onCheckpoint(step, trained) {
      if (step % run.experiment.checkpointEvery !== 0 || run.signal.aborted) return
      await trimPoints(run.folder, cell.id, from + step)
      if (phase || baseline || step <= warmUpSteps) return
      if (kept) await offer(run, { kept, step, trained })
      const set = chosen(run.sets.validation, firstPlaces(run))
      const simple = simplifiedSet(set, learned(trained.simplifier.net, trained.simplifier.params))
      const samples = samplesOf(run, cell, { set, simple })
      await writeSamples(run.folder, samples)
      run.emit({ kind: 'samples', samples })
    },
  }
}

/** Everything that is reported of the test pictures. */
function measure(run: SimplificationRun, of: { cell: Cell; trained: Trained; simplification: Simplification }) {
  const { net, params } = of.trained.classifier
  const { sets } = run
  const simple = simplifiedSet(sets.test, of.simplification)
  const [before, after, blank] = [bitsOf(run, sets.test), bitsOf(run, simple), bitsOf(run, blankOf(sets))]
  const bpd = { original: meanBpd(run, before), simplified: meanBpd(run, after), blank: meanBpd(run, blank) }
  const scores = together(scoresOf(net, params, sets.test), scoresOf(net, params, simple))
  return { result: { bpd, ...scores, parts: partsOf(run, sets.test, { before, after, blank }) }, simple }
}

/** The last point of the curves: validation pictures, by which settings are chosen. */
async function tellEvaluation(
  run: SimplificationRun,
  cell: Cell,
  { trained, simplification }: { trained: Trained; simplification: Simplification },
): Promise<void> {
  const { bpd, simplified } = validated(run, trained.classifier, simplification)
  const of = stepsOf(run.experiment, cell)
  const phase = 'evaluation'
  await tellPoint(run, { cell: cell.id, step: of, of, phase, loss: 1 - simplified.accuracy, bpd, ...simplified })
}

function samplesOf(
  run: SimplificationRun,
  cell: Cell,
  of: { set: ExperimentSet | ReturnType<typeof chosen>; simple: { pictures: Uint8Array } },
): SampleGrid {
  const places = firstPlaces(run)
  const originals = chosen(of.set, places)
  const twins = { ...originals, pictures: of.simple.pictures.slice(0, originals.pictures.length) }
  const [before, after] = [bitsOf(run, originals).each, bitsOf(run, twins).each]
  return {
    cell: cell.id,
    size: originals.size,
    channels: originals.channels,
    count: originals.count,
    originals: originals.pictures,
    pictures: twins.pictures,
    labels: Array.from(originals.labels, (label) => run.sets.classNames[label] ?? String(label)),
    bits: places.map((place) => ({ before: before[place] ?? null, after: after[place] ?? NaN })),
  }
}

function firstPlaces({ experiment, sets }: SimplificationRun): number[] {
  const count = Math.min(experiment.samples, sets.test.count, sets.validation.count)
  return Array.from({ length: count }, (_, i) => i)
}

function together(original: Scores, simplified: Scores) {
  const accuracy = { original: original.accuracy, simplified: simplified.accuracy }
  const both = original.auc !== null && simplified.auc !== null
  return { accuracy, auc: both ? { original: original.auc ?? 0, simplified: simplified.auc ?? 0 } : null }
}
