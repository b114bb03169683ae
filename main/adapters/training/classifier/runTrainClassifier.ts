import { join } from 'node:path'
import { SimpleBitsError } from '../../../../contract'
import { chestClassifier, ClassifierTrainer, type ClassifierNet } from '../../../engine/classifier'
import { auc } from '../../../engine/metrics'
import { seededRng } from '../../../engine/rng'
import { StepTimes } from '../../../engine/stepTimes'
import { disposeParams, type Compiler } from '../../../engine/tensor'
import { writeAtomic } from '../../files'
import { exampleSampler, loadTrainingFilms, patientFolds, type TrainingFilm } from '../../trainingData'
import { encodeSafetensors } from '../../weights/safetensors'
import { giveWay, toStored } from '../../compute'
import { beginRun } from '../beginRun'
import { checkedConfig } from '../checkedConfig'
import { saveCheckpoint } from '../checkpoint'
import { prettyJson } from '../provenance'
import { appendRunLog } from '../runLog'
import type { TrainingAnswer, TrainingCall, TrainingTools } from '../trainingCall'
import { worthAGraph } from '../worthAGraph'
import { predictFilms } from './predict'
import { classifierTraining, type ClassifierTraining } from './trainingConfig'

/** So many steps that are not finite are no accident. */
const MOST_SKIPPED = 100

interface Run {
  readonly config: ClassifierTraining
  readonly out: string
  readonly net: ClassifierNet
  readonly training: readonly TrainingFilm[]
  readonly held: readonly TrainingFilm[]
}

type Metrics = TrainingAnswer['metrics']

/**
 * Trains a classifier and leaves in `out`: `weights.safetensors` (averaged weights), `predictions.json` (logits of the films
 * held out), `metrics.json`, `log.jsonl`, `checkpoint.safetensors` (to resume from; also written when cancelled).
 *
 * @throws SimpleBitsError BAD_REQUEST (configuration, a checkpoint of another one), DATA_MISSING, TRAINING_FAILED (loss not
 * finite too often)
 */
export async function runTrainClassifier(request: TrainingCall, tools: TrainingTools): Promise<TrainingAnswer> {
  const config = checkedConfig(classifierTraining, request.config)
  const films = splitFilms(await loadTrainingFilms(request.data), config)
  const run: Run = { config, out: request.out, net: chestClassifier(config.net), ...films }
  const trainer = startTrainer(run, worthAGraph(config.steps, tools.compiler))
  try {
    await beginRun(trainer, run, request)
    const metrics = await trainAll(trainer, run, tools)
    await writeAtomic(join(run.out, 'metrics.json'), prettyJson(metrics))
    return { directory: run.out, metrics }
  } finally {
    trainer.dispose()
  }
}

/** Films to train on and films held out, by patient. */
export function splitFilms(
  films: readonly TrainingFilm[],
  config: ClassifierTraining,
): { training: TrainingFilm[]; held: TrainingFilm[] } {
  const { count, seed, held } = config.folds
  if (held === null) return { training: [...films], held: [] }
  const folds = patientFolds(films, count, seed)
  return {
    training: films.filter((_, i) => folds[i] !== held),
    held: films.filter((_, i) => folds[i] === held),
  }
}

function startTrainer({ config, net }: Run, compiler: Compiler): ClassifierTrainer {
  const initial = net.init(seededRng(config.seed))
  const { rate, warmUp, steps, floor, weightDecay, clip, averageDecay } = config
  const schedule = { rate, warmUp, steps, floor }
  const trainer = new ClassifierTrainer(net, { schedule, weightDecay, clip, averageDecay, compiler }, initial)
  disposeParams(initial)
  return trainer
}

/** @returns what was measured of the weights at its end, wherever that came */
async function trainAll(trainer: ClassifierTrainer, run: Run, { emit, signal }: TrainingTools): Promise<Metrics> {
  const { config, out } = run
  const letterbox = { chance: config.letterbox.chance, from: Math.round(config.letterbox.fromShare * config.steps) }
  const sample = exampleSampler(run.training, { ...config, heads: config.net.heads, letterbox })
  const began = performance.now()
  const times = new StepTimes(config.steps)
  let measured: Metrics | null = null
  while (trainer.state.step < config.steps && !signal.aborted) {
    const { seed, batch } = config
    const report = trainer.step(sample({ seed, step: trainer.state.step, batch }))
    const { step, skipped } = trainer.state
    const secondsLeft = times.left(step, (performance.now() - began) / 1000)
    if (skipped > MOST_SKIPPED)
      throw new SimpleBitsError('TRAINING_FAILED', 'The training became unstable. Lower the rate in its configuration.')
    if (step % config.logEvery === 0) {
      const { loss, gradientNorm: norm, rate } = report
      await appendRunLog(out, { step, loss, norm, rate, skipped, secondsPerStep: times.perStep })
      const pace = times.perStep === null ? '' : `, ${times.perStep.toFixed(2)} s a step`
      emit({ done: step, total: config.steps, secondsLeft, note: `loss ${loss.toFixed(3)}${pace}` })
    }
    measured = step % config.checkpointEvery === 0 ? await save(trainer, run) : null
    if (measured) await appendRunLog(out, measured)
    await giveWay()
  }
  return measured ?? save(trainer, run)
}

/** Checkpoint, averaged weights, and what these say of the films held out. */
async function save(trainer: ClassifierTrainer, { config, out, net, held }: Run): Promise<Metrics> {
  await saveCheckpoint(out, config, trainer.state)
  const params = trainer.averaged()
  await writeAtomic(join(out, 'weights.safetensors'), encodeSafetensors(toStored(params)))
  const logits = predictFilms(net, params, held)
  disposeParams(params)
  const { step, skipped } = trainer.state
  const rows = held.map((film, i) => ({ id: film.id, logits: logits[i] ?? [] }))
  await writeAtomic(join(out, 'predictions.json'), JSON.stringify({ step, rows }))
  return { step, skipped, ...heldOutAuc(held, logits) }
}

function heldOutAuc(held: readonly TrainingFilm[], logits: readonly number[][]): Record<string, number> {
  if (held.length === 0) return {}
  const scored = held.map((film, i) => ({ film, score: logits[i]?.[0] ?? 0 }))
  const areaOf = (part: typeof scored) =>
    auc(
      part.map(({ score }) => score),
      part.map(({ film }) => film.labels[0] === 1),
    )
  return {
    aucAgainstNoFinding: areaOf(scored.filter(({ film }) => film.labels[0] === 1 || film.noFinding)),
    aucAgainstAll: areaOf(scored),
  }
}
