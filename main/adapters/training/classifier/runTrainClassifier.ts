import { join } from 'node:path'
import {
  chestClassifier,
  ClassifierTrainer,
  type ClassifierNet,
  type ClassifierStepReport,
} from '../../../engine/classifier'
import { auc } from '../../../engine/metrics'
import { seededRng } from '../../../engine/rng'
import { disposeParams, type Compiler } from '../../../engine/tensor'
import { writeAtomic } from '../../files'
import { exampleSampler, loadTrainingFilms, patientFolds, type TrainingFilm } from '../../trainingData'
import { encodeSafetensors, toStored } from '../../tensors'
import { beginRun } from '../beginRun'
import { checkedConfig } from '../checkedConfig'
import { saveCheckpoint } from '../checkpoint'
import { prettyJson } from '../provenance'
import { appendRunLog } from '../runLog'
import { trainSteps, type StepDone } from '../trainSteps'
import type { TrainingAnswer, TrainingCall, TrainingTools } from '../trainingCall'
import { worthAGraph } from '../worthAGraph'
import { predictFilms } from './predict'
import { classifierTrainingConfig, type ClassifierTrainingConfig } from './trainingConfig'

interface Run {
  readonly config: ClassifierTrainingConfig
  readonly out: string
  readonly net: ClassifierNet
  readonly training: readonly TrainingFilm[]
  readonly heldOut: readonly TrainingFilm[]
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
  const config = checkedConfig(classifierTrainingConfig, request.config)
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
  { folds: { count, seed, held } }: ClassifierTrainingConfig,
): { training: TrainingFilm[]; heldOut: TrainingFilm[] } {
  if (held === null) return { training: [...films], heldOut: [] }
  const folds = patientFolds(films, count, seed)
  return {
    training: films.filter((_, i) => folds[i] !== held),
    heldOut: films.filter((_, i) => folds[i] === held),
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
  const { seed, batch, steps, checkpointEvery, logEvery } = config
  const letterbox = { chance: config.letterbox.chance, from: Math.round(config.letterbox.fromShare * steps) }
  const sample = exampleSampler(run.training, { ...config, heads: config.net.heads, letterbox })
  const take = (step: number) => trainer.step(sample({ seed, step, batch }))
  const told = async ({ loss, gradientNorm: norm, rate }: ClassifierStepReport, done: StepDone) => {
    const { step, skipped, secondsLeft, secondsPerStep } = done
    if (step % logEvery !== 0) return
    await appendRunLog(out, { step, loss, norm, rate, skipped, secondsPerStep })
    const pace = secondsPerStep === null ? '' : `, ${secondsPerStep.toFixed(2)} s a step`
    emit({ done: step, total: steps, secondsLeft, note: `loss ${loss.toFixed(3)}${pace}` })
  }
  return trainSteps(trainer, { steps, checkpointEvery, out, take, told, save: () => save(trainer, run) }, { signal })
}

/** Checkpoint, averaged weights, and what these say of the films held out. */
async function save(trainer: ClassifierTrainer, { config, out, net, heldOut }: Run): Promise<Metrics> {
  await saveCheckpoint(out, config, trainer.state)
  const params = trainer.averaged()
  await writeAtomic(join(out, 'weights.safetensors'), encodeSafetensors(toStored(params)))
  const logits = predictFilms(net, params, heldOut)
  disposeParams(params)
  const { step, skipped } = trainer.state
  const rows = heldOut.map((film, i) => ({ id: film.id, logits: logits[i] ?? [] }))
  await writeAtomic(join(out, 'predictions.json'), JSON.stringify({ step, rows }))
  return { step, skipped, ...heldOutAuc(heldOut, logits) }
}

function heldOutAuc(heldOut: readonly TrainingFilm[], logits: readonly number[][]): Record<string, number> {
  if (heldOut.length === 0) return {}
  const scored = heldOut.map((film, i) => ({ film, score: logits[i]?.[0] ?? 0 }))
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
