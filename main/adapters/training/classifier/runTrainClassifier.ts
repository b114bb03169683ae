import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SimpleBitsError } from '../../../../contract'
import {
  averagedParams,
  chestClassifier,
  createTrainer,
  disposeTrainer,
  startTraining,
  trainStep,
  type Trainer,
} from '../../../engine/classifier'
import { auc } from '../../../engine/metrics'
import { disposeTrainState, type TrainState } from '../../../engine/optim'
import { seededRng } from '../../../engine/rng'
import { disposeParams, type Compiler } from '../../../engine/tensor'
import { writeAtomic } from '../../files'
import { exampleSampler, loadTrainingFilms, patientFolds, type TrainingFilm } from '../../trainingData'
import { encodeSafetensors } from '../../weights/safetensors'
import { giveWay } from '../../compute/handler'
import { toStored } from '../../compute/preparedModels'
import { checkedConfig } from '../checkedConfig'
import { loadCheckpoint, saveCheckpoint } from '../checkpoint'
import { appendRunLog, trimRunLog, type TrainingWatch } from '../runLog'
import { StepClock } from '../stepClock'
import { worthAGraph } from '../worthAGraph'
import { predictFilms } from './predict'
import { classifierTraining, type ClassifierTraining } from './trainingConfig'

/**
 * Trains a classifier and leaves in `out`: `weights.safetensors` (averaged weights), `predictions.json` (logits of the films
 * held out), `log.jsonl`, `checkpoint.safetensors` (to resume from; also written when cancelled).
 *
 * @throws SimpleBitsError BAD_REQUEST (configuration), DATA_MISSING, CANCELLED, TRAINING_FAILED (loss not finite too often)
 */
export async function runTrainClassifier(
  request: { config: unknown; data: string; out: string; resume: boolean },
  { onProgress, signal, compiler }: TrainingWatch & { readonly compiler: Compiler },
): Promise<{ directory: string; metrics: Record<string, unknown> }> {
  const config = checkedConfig(classifierTraining, request.config)
  const films = await loadTrainingFilms(request.data)
  const { training, held } = splitFilms(films, config)
  await mkdir(request.out, { recursive: true })
  const { trainer, state: begun } = await begin(config, { ...request, compiler: worthAGraph(config.steps, compiler) })
  const letterbox = { chance: config.letterbox.chance, from: Math.round(config.letterbox.fromShare * config.steps) }
  const sample = exampleSampler(training, { ...config, heads: config.net.heads, letterbox })
  const clock = new StepClock(config.steps)
  let state = begun
  try {
    while (state.step < config.steps) {
      const step = trainStep(trainer, state, sample({ seed: config.seed, step: state.step, batch: config.batch }))
      state = step.state
      const { step: done, skipped } = state
      const { perStep, secondsLeft } = clock.after(done)
      if (skipped > 100)
        throw new SimpleBitsError(
          'TRAINING_FAILED',
          'The training became unstable. Lower the rate in its configuration.',
        )
      if (done % config.logEvery === 0) {
        const row = { step: done, loss: step.loss, norm: step.norm, rate: step.rate, skipped, secondsPerStep: perStep }
        await appendRunLog(request.out, row)
        const pace = perStep === null ? '' : `, ${perStep.toFixed(2)} s a step`
        onProgress({ done, total: config.steps, secondsLeft, note: `loss ${step.loss.toFixed(3)}${pace}` })
      }
      await giveWay()
      if (done % config.checkpointEvery === 0 || signal.aborted) {
        await saveCheckpoint(request.out, config, state)
        await appendRunLog(request.out, await saveResult(request.out, { trainer, state, held }))
      }
      if (signal.aborted)
        throw new SimpleBitsError('CANCELLED', `Training stopped after step ${done}; resume it with --resume.`)
    }
    await saveCheckpoint(request.out, config, state)
    return { directory: request.out, metrics: await saveResult(request.out, { trainer, state, held }) }
  } finally {
    disposeTrainState(state)
    disposeTrainer(trainer)
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

async function begin(
  config: ClassifierTraining,
  request: { out: string; resume: boolean; compiler: Compiler },
): Promise<{ trainer: Trainer; state: TrainState }> {
  const net = chestClassifier(config.net)
  const params = net.init(seededRng(config.seed))
  const { rate, warmUp, steps, floor, weightDecay, clip, averageDecay } = config
  const trainer = createTrainer(net, params, {
    schedule: { rate, warmUp, steps, floor },
    weightDecay,
    clip,
    averageDecay,
    compiler: request.compiler,
  })
  const resumed = request.resume ? await loadCheckpoint(request.out, config) : null
  const state = resumed ?? startTraining(trainer, params)
  disposeParams(params)
  await trimRunLog(request.out, state.step)
  return { trainer, state }
}

async function saveResult(
  folder: string,
  { trainer, state, held }: { trainer: Trainer; state: TrainState; held: readonly TrainingFilm[] },
): Promise<Record<string, unknown>> {
  const params = averagedParams(trainer, state)
  await writeAtomic(join(folder, 'weights.safetensors'), encodeSafetensors(toStored(params)))
  const logits = predictFilms(trainer.net, params, held)
  disposeParams(params)
  const rows = held.map((film, i) => ({ id: film.id, logits: logits[i] ?? [] }))
  await writeAtomic(join(folder, 'predictions.json'), JSON.stringify({ step: state.step, rows }))
  return { step: state.step, skipped: state.skipped, ...heldOutAuc(held, logits) }
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
