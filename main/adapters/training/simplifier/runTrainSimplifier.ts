import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { MODEL_SIZE } from '../../../../contract'
import { auditedClassifier } from '../../../engine/audit'
import { NOISE_WIDTH } from '../../../engine/flow'
import { EstimateTrainer, type EstimateReport } from '../../../engine/instant'
import { seededRng } from '../../../engine/rng'
import { simplifierNet } from '../../../engine/simplify'
import { disposeParams, type Compiler } from '../../../engine/tensor'
import { writeAtomic } from '../../files'
import { augmentToModelInput, loadTrainingFilms, patientFolds, toPixels, type TrainingFilm } from '../../trainingData'
import { encodeSafetensors, toStored } from '../../tensors'
import type { ReadyClassifier, ReadyFlow } from '../../compute'
import { beginRun } from '../beginRun'
import { checkedConfig } from '../checkedConfig'
import { saveCheckpoint } from '../checkpoint'
import { prettyJson } from '../provenance'
import { appendRunLog } from '../runLog'
import { trainSteps, type StepDone } from '../trainSteps'
import type { TrainingAnswer, TrainingCall, TrainingTools } from '../trainingCall'
import { worthAGraph } from '../worthAGraph'
import { simplifierFigures } from './figures'
import { simplifierTrainingConfig, type SimplifierTrainingConfig } from './trainingConfig'

interface Run {
  readonly config: SimplifierTrainingConfig
  readonly out: string
  readonly training: readonly TrainingFilm[]
  readonly heldOut: readonly TrainingFilm[]
  readonly classifier: ReadyClassifier
  readonly flow: ReadyFlow
}

/**
 * Trains a simplifier against a classifier and a flow of this installation and leaves in `out`: `weights.safetensors`
 * (averaged weights), `metrics.json`, `log.jsonl`, `checkpoint.safetensors` (to resume from; also written when cancelled).
 *
 * @throws SimpleBitsError BAD_REQUEST (configuration, a checkpoint of another one), DATA_MISSING, MODEL_NOT_FOUND,
 * TRAINING_FAILED (loss not finite too often)
 */
export async function runTrainSimplifier(request: TrainingCall, tools: TrainingTools): Promise<TrainingAnswer> {
  const { ready, compiler } = tools
  const config = checkedConfig(simplifierTrainingConfig, request.config)
  const [classifier, flow] = await Promise.all([ready.classifier(config.classifier), ready.flow(config.flow)])
  const run: Run = { config, out: request.out, classifier, flow, ...(await splitFilms(request.data, config)) }
  const trainer = startTrainer(run, worthAGraph(config.steps, compiler))
  try {
    await beginRun(trainer, run, request)
    await trainAll(trainer, run, tools)
    return { directory: run.out, metrics: await finish(trainer, run) }
  } finally {
    trainer.dispose()
  }
}

async function splitFilms(data: string, { folds: count, seed }: SimplifierTrainingConfig) {
  const films = (await loadTrainingFilms(data)).filter((film) => film.native === 2 * MODEL_SIZE)
  const folds = patientFolds(films, count, seed)
  return { training: films.filter((_, i) => folds[i] !== 0), heldOut: films.filter((_, i) => folds[i] === 0) }
}

function startTrainer({ config, classifier, flow }: Run, compiler: Compiler): EstimateTrainer {
  const net = simplifierNet({ size: MODEL_SIZE, channels: 1, width: config.width, blur: config.blur })
  const network = auditedClassifier(classifier.net, classifier.frozen, classifier.file)
  const initial = net.init(seededRng(config.seed))
  const { rate, warmUp, steps, floor } = config
  const trainer = new EstimateTrainer(
    { net, network, flow: flow.flow },
    { ...config, schedule: { rate, warmUp, steps, floor }, compiler },
    initial,
  )
  disposeParams(initial)
  return trainer
}

async function trainAll(trainer: EstimateTrainer, run: Run, { emit, signal }: TrainingTools): Promise<void> {
  const { out } = run
  const { steps, checkpointEvery } = run.config
  const take = (step: number) => {
    const batch = drawBatch(run, step)
    const report = trainer.step(batch)
    tf.dispose([batch.x, batch.noise])
    return report
  }
  const told = async (report: EstimateReport, { step, seconds, secondsLeft }: StepDone) => {
    await appendRunLog(out, { step, ...report, seconds: Math.round(seconds) })
    const note = `${report.bpd.toFixed(2)} bits per dimension, matching distance ${report.distance.toFixed(2)}`
    emit({ done: step, total: steps, secondsLeft, note })
  }
  await trainSteps(trainer, { steps, checkpointEvery, out, take, told, save: () => save(trainer, run) }, { signal })
}

/** The batch of one step: a pure function of seed and step, so that a resumed run sees what an uninterrupted one sees. */
function drawBatch({ config, training }: Run, step: number): { x: tf.Tensor4D; noise: tf.Tensor4D } {
  const rng = seededRng(config.seed * 1_000_003 + step)
  const pixels = new Float32Array(config.batch * MODEL_SIZE ** 2)
  for (let i = 0; i < config.batch; i++) {
    const film = training[rng.integer(training.length)]
    if (!film) throw new RangeError('There is no film to train on')
    pixels.set(toPixels(augmentToModelInput(film, rng, config.augment)), i * MODEL_SIZE ** 2)
  }
  const shape: [number, number, number, number] = [config.batch, MODEL_SIZE, MODEL_SIZE, 1]
  const noise = rng.uniformArray(pixels.length).map((u) => u * NOISE_WIDTH)
  return { x: tf.tensor4d(pixels, shape), noise: tf.tensor4d(noise, shape) }
}

/** Checkpoint and averaged weights. */
async function save(trainer: EstimateTrainer, { config, out }: Run): Promise<null> {
  await saveCheckpoint(out, config, trainer.state)
  const averaged = trainer.averaged()
  const stored = toStored(averaged)
  disposeParams(averaged)
  await writeAtomic(join(out, 'weights.safetensors'), encodeSafetensors(stored))
  return null
}

async function finish(trainer: EstimateTrainer, run: Run): Promise<Record<string, unknown>> {
  const params = trainer.averaged()
  const { config, classifier, flow, heldOut, training } = run
  const net = simplifierNet({ size: MODEL_SIZE, channels: 1, width: config.width, blur: config.blur })
  const figures = simplifierFigures({ net, params, classifier, flow: flow.flow }, heldOut)
  disposeParams(params)
  const metrics = { steps: trainer.state.step, trained: training.length, ...figures }
  await writeAtomic(join(run.out, 'metrics.json'), prettyJson(metrics))
  return metrics
}
