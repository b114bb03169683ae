import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { MODEL_SIZE, SimpleBitsError, type Progress } from '../../../../contract'
import {
  FlowTrainer,
  bits,
  exportFlow,
  foldFlow,
  initFlow,
  initialiseActnorms,
  toFlowRange,
  type FlowConfig,
} from '../../../engine/flow'
import { ADAMW } from '../../../engine/optim'
import { seededRng } from '../../../engine/rng'
import { disposeParams, type Params } from '../../../engine/tensor'
import { loadTrainingFilms, patientFolds, type TrainingFilm } from '../../trainingData'
import { encodeSafetensors } from '../../weights/safetensors'
import { giveWay, type Handler } from '../handler'
import { logLine, readCheckpoint, writeCheckpoint, writeWhole } from '../training/checkpoint'
import { drawFlowBatch, plainFlowBatch } from '../training/flowBatches'
import { flowTrainingConfig, type FlowTrainingConfig } from '../training/flowTrainingConfig'

const EVALUATION_BATCH = 8
const EVALUATION_SEED = 20_220_105

interface Run {
  readonly config: FlowTrainingConfig
  readonly out: string
  readonly training: readonly TrainingFilm[]
  readonly heldOut: readonly TrainingFilm[]
}

/** Trains a flow on radiographs; the folder `out` gets log.jsonl, a checkpoint to resume from, and the weights. */
export const trainFlow: Handler<'trainFlow'> = async (params, { emit, signal }) => {
  const parsed = flowTrainingConfig.safeParse(params.config)
  if (!parsed.success)
    throw new SimpleBitsError('BAD_REQUEST', `The training configuration is wrong: ${parsed.error.message}`)
  const config = parsed.data
  const films = (await loadTrainingFilms(params.data)).filter((film) => film.native === 2 * MODEL_SIZE)
  const folds = patientFolds(films, config.folds, config.seed)
  const run: Run = {
    config,
    out: params.out,
    training: films.filter((_, i) => folds[i] !== 0),
    heldOut: films.filter((_, i) => folds[i] === 0),
  }
  const trainer = startTrainer(run)
  if (params.resume) await resume(trainer, run.out)
  try {
    await writeWhole(join(run.out, 'training.json'), JSON.stringify(config, null, 2))
    await trainAll(trainer, run, { emit, signal })
    const metrics = await finish(trainer, run)
    return { directory: run.out, metrics }
  } finally {
    trainer.dispose()
  }
}

function startTrainer({ config, training }: Run): FlowTrainer {
  const rng = seededRng(config.seed)
  const initial = initFlow(config.flow as FlowConfig, rng)
  const first = drawFlowBatch(training, { ...config, batch: config.firstBatch }, -1)
  const g = toFlowRange(first.x, first.noise)
  const started = initialiseActnorms(config.flow, initial, g)
  const { rate, warmUp, steps, floor, clip, emaDecay, weightDecay } = config
  const trainer = new FlowTrainer(
    config.flow,
    { adam: { ...ADAMW, weightDecay }, rate, warmUp, steps, floor, clip, emaDecay },
    started,
  )
  disposeParams(initial)
  disposeParams(started)
  tf.dispose([first.x, first.noise, g])
  return trainer
}

async function resume(trainer: FlowTrainer, out: string): Promise<void> {
  const checkpoint = await readCheckpoint(out)
  if (!checkpoint) return
  const { weights, average, first, second } = checkpoint.vectors
  const { step, adamSteps } = checkpoint.counters
  if (!weights || !average || !first || !second || step === undefined || adamSteps === undefined)
    throw new SimpleBitsError(
      'TRAINING_FAILED',
      `The checkpoint in ${out} is incomplete. Start again without --resume.`,
    )
  trainer.restore({ weights, average, adam: { first, second, steps: adamSteps }, step })
}

async function trainAll(
  trainer: FlowTrainer,
  run: Run,
  call: { emit: (event: Progress) => void; signal: AbortSignal },
): Promise<void> {
  const { config, out } = run
  const began = { at: performance.now(), step: trainer.state.step }
  while (trainer.state.step < config.steps && !call.signal.aborted) {
    const batch = drawFlowBatch(run.training, config, trainer.state.step)
    const report = trainer.step(batch)
    tf.dispose([batch.x, batch.noise])
    const { step } = trainer.state
    const seconds = (performance.now() - began.at) / 1000
    await logLine(out, { step, ...report, seconds: Math.round(seconds) })
    const secondsLeft = ((config.steps - step) * seconds) / (step - began.step)
    call.emit({ done: step, total: config.steps, secondsLeft, note: `${report.bpd.toFixed(3)} bits per dimension` })
    if (step % config.evaluateEvery === 0)
      await logLine(out, { step, heldOut: evaluate(trainer, run, config.evaluateFilms) })
    if (step % config.checkpointEvery === 0) await saveCheckpoint(trainer, out)
    await giveWay()
  }
  await saveCheckpoint(trainer, out)
}

async function saveCheckpoint(trainer: FlowTrainer, out: string): Promise<void> {
  const { weights, average, adam, step } = trainer.state
  await writeCheckpoint(
    out,
    { weights, average, first: adam.first, second: adam.second },
    { step, adamSteps: adam.steps },
  )
  await saveWeights(trainer, out)
}

async function saveWeights(trainer: FlowTrainer, out: string): Promise<void> {
  const averaged = trainer.averaged()
  const exported = exportFlow(averaged)
  const stored = Object.fromEntries(
    Object.entries(exported).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) },
    ]),
  )
  await writeWhole(join(out, 'weights.safetensors'), encodeSafetensors(stored))
  disposeParams(averaged)
  disposeParams(exported)
}

/** Bits per dimension of held-out films as they are, per source: the averaged weights, one seeded noise a film. */
function evaluate(trainer: FlowTrainer, run: Run, count: number): Record<string, number> {
  const averaged = trainer.averaged()
  const order = seededRng(EVALUATION_SEED).permutation(run.heldOut.length).slice(0, count)
  const films = order.flatMap((index) => run.heldOut[index] ?? [])
  const found = new Map<string, number[]>()
  for (let start = 0; start < films.length; start += EVALUATION_BATCH) {
    const slice = films.slice(start, start + EVALUATION_BATCH)
    bpdOf(run.config.flow, averaged, slice).forEach((bpd, i) => {
      for (const key of ['all', slice[i]?.split ?? 'unknown']) found.set(key, [...(found.get(key) ?? []), bpd])
    })
  }
  disposeParams(averaged)
  return Object.fromEntries([...found].map(([key, list]) => [key, list.reduce((a, b) => a + b, 0) / list.length]))
}

function bpdOf(config: FlowConfig, params: Params, films: readonly TrainingFilm[]): number[] {
  const batch = plainFlowBatch(films, seededRng(EVALUATION_SEED + 1))
  const found = tf.tidy(() => Array.from(bits(foldFlow(config, params), batch.x, batch.noise).dataSync()))
  tf.dispose([batch.x, batch.noise])
  return found.map((value) => value / (config.size * config.size * config.channels))
}

async function finish(trainer: FlowTrainer, run: Run): Promise<Record<string, unknown>> {
  const heldOut = evaluate(trainer, run, run.heldOut.length)
  const metrics = {
    steps: trainer.state.step,
    heldOutBpd: heldOut,
    films: { trained: run.training.length, heldOut: run.heldOut.length },
  }
  await writeWhole(join(run.out, 'metrics.json'), JSON.stringify(metrics, null, 2))
  return metrics
}
