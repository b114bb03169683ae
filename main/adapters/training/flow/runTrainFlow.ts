import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { modelName, SimpleBitsError } from '../../../../contract'
import { exportFlow, FlowTrainer, importFlow, initFlow, initialiseActnorms, toFlowRange } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import { StepTimes } from '../../../engine/stepTimes'
import { disposeParams, type Compiler, type Params } from '../../../engine/tensor'
import type { ModelStore } from '../../../ports'
import { writeAtomic } from '../../files'
import { encodeSafetensors } from '../../weights/safetensors'
import { giveWay } from '../../compute/handler'
import { toParams, toStored } from '../../compute/preparedModels'
import { beginRun } from '../beginRun'
import { checkedConfig } from '../checkedConfig'
import { saveCheckpoint } from '../checkpoint'
import { prettyJson } from '../provenance'
import { appendRunLog } from '../runLog'
import type { TrainingAnswer, TrainingCall, TrainingTools } from '../trainingCall'
import { drawFlowBatch } from './batches'
import { loadFlowPictures, type FlowPictures } from './flowPictures'
import { heldOutBpd } from './heldOut'
import { flowTrainingConfig, type FlowTrainingConfig } from './trainingConfig'

interface Run {
  readonly config: FlowTrainingConfig
  readonly out: string
  readonly pictures: FlowPictures
}

/**
 * Trains a flow and leaves in `out`: `weights.safetensors` (averaged weights), `metrics.json`, `log.jsonl`,
 * `checkpoint.safetensors` (to resume from; also written when cancelled).
 *
 * @throws SimpleBitsError BAD_REQUEST (configuration, a checkpoint of another one), DATA_MISSING
 */
export async function runTrainFlow(request: TrainingCall, tools: TrainingTools): Promise<TrainingAnswer> {
  const config = checkedConfig(flowTrainingConfig, request.config)
  const run: Run = { config, out: request.out, pictures: await loadFlowPictures(config, request.data) }
  const started = config.startFrom ? await storedWeights(config, tools.models) : firstWeights(run)
  const trainer = startTrainer(config, { started, compiler: tools.compiler })
  try {
    await beginRun(trainer, run, request)
    await trainAll(trainer, run, tools)
    return { directory: run.out, metrics: await finish(trainer, run) }
  } finally {
    trainer.dispose()
  }
}

/** Takes over the weights. */
function startTrainer(config: FlowTrainingConfig, of: { started: Params; compiler: Compiler }): FlowTrainer {
  const { rate, warmUp, steps, floor, clip, emaDecay, weightDecay } = config
  const settings = {
    schedule: { rate, warmUp, steps, floor },
    ...{ weightDecay, clip, averageDecay: emaDecay, compiler: of.compiler },
  }
  const trainer = new FlowTrainer(config.flow, settings, of.started)
  disposeParams(of.started)
  return trainer
}

/** Random couplings and rotations; every actnorm from the first batch. */
function firstWeights({ config, pictures }: Run): Params {
  const initial = initFlow(config.flow, seededRng(config.seed))
  const first = drawFlowBatch(pictures, { ...config, batch: config.firstBatch }, -1)
  const g = toFlowRange(first.x, first.noise)
  const started = initialiseActnorms(config.flow, initial, g)
  disposeParams(initial)
  tf.dispose([first.x, first.noise, g])
  return started
}

const trainedBefore = z.object({ folds: z.number() })

/**
 * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT; BAD_REQUEST where the stored model is no flow of this shape, or where
 * films that it was trained on would be held out
 */
async function storedWeights(
  { startFrom, flow, seed, folds }: FlowTrainingConfig,
  models: ModelStore,
): Promise<Params> {
  const { file, manifest, tensors } = await models.load(modelName.parse(startFrom))
  if (file.kind !== 'flow' || JSON.stringify(file.config) !== JSON.stringify(flow))
    throw new SimpleBitsError('BAD_REQUEST', `startFrom: ${startFrom} is no flow of the shape that is to be trained.`)
  if (manifest.seed !== seed)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `seed: ${startFrom} was trained with seed ${manifest.seed}, which says what is held out. With seed ${seed} pictures would be held out that it has seen; take ${manifest.seed}.`,
    )
  const dealt = trainedBefore.safeParse(await models.training(modelName.parse(startFrom)))
  if (!dealt.success || dealt.data.folds !== folds)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `folds: ${startFrom} was trained with ${dealt.data?.folds ?? 'an unknown number'}; with ${folds} pictures would be held out that it has seen.`,
    )
  const stored = toParams(tensors)
  const started = importFlow(flow, stored)
  disposeParams(stored)
  return started
}

async function trainAll(trainer: FlowTrainer, run: Run, { emit, signal }: TrainingTools): Promise<void> {
  const { config, out } = run
  const began = performance.now()
  const times = new StepTimes(config.steps)
  while (trainer.state.step < config.steps && !signal.aborted) {
    const batch = drawFlowBatch(run.pictures, config, trainer.state.step)
    const report = trainer.step(batch)
    tf.dispose([batch.x, batch.noise])
    const { step } = trainer.state
    const seconds = (performance.now() - began) / 1000
    const secondsLeft = times.left(step, seconds)
    await appendRunLog(out, { step, ...report, seconds: Math.round(seconds) })
    emit({ done: step, total: config.steps, secondsLeft, note: `${report.bpd.toFixed(3)} bits per dimension` })
    if (step % config.evaluateEvery === 0)
      await appendRunLog(out, { step, heldOut: evaluate(trainer, run, config.evaluateFilms) })
    if (step % config.checkpointEvery === 0) await save(trainer, run)
    await giveWay()
  }
  await save(trainer, run)
}

/** Checkpoint and averaged weights. */
async function save(trainer: FlowTrainer, { config, out }: Run): Promise<void> {
  await saveCheckpoint(out, config, trainer.state)
  const averaged = trainer.averaged()
  const exported = exportFlow(averaged)
  const stored = toStored(exported)
  disposeParams(averaged)
  disposeParams(exported)
  await writeAtomic(join(out, 'weights.safetensors'), encodeSafetensors(stored))
}

function evaluate(trainer: FlowTrainer, { config, pictures }: Run, count: number): Record<string, number> {
  const averaged = trainer.averaged()
  const found = heldOutBpd(config.flow, averaged, { pictures: pictures.heldOut, count })
  disposeParams(averaged)
  return found
}

async function finish(trainer: FlowTrainer, run: Run): Promise<Record<string, unknown>> {
  const metrics = {
    steps: trainer.state.step,
    heldOutBpd: evaluate(trainer, run, run.pictures.heldOut.length),
    films: { trained: run.pictures.trained, heldOut: run.pictures.heldOut.length },
  }
  await writeAtomic(join(run.out, 'metrics.json'), prettyJson(metrics))
  return metrics
}
