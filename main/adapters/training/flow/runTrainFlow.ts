import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { exportFlow, FlowTrainer, type FlowStepReport } from '../../../engine/flow'
import { disposeParams, type Compiler, type Params } from '../../../engine/tensor'
import { writeAtomic } from '../../files'
import { encodeSafetensors, toStored } from '../../tensors'
import { beginRun } from '../beginRun'
import { checkedConfig } from '../checkedConfig'
import { saveCheckpoint } from '../checkpoint'
import { prettyJson } from '../provenance'
import { appendRunLog } from '../runLog'
import { trainSteps, type StepDone } from '../trainSteps'
import type { TrainingAnswer, TrainingCall, TrainingTools } from '../trainingCall'
import { drawFlowBatch } from './batches'
import { loadFlowPictures, type FlowPictures } from './flowPictures'
import { heldOutBpd } from './heldOut'
import { startingWeights } from './startingWeights'
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
 * @throws SimpleBitsError BAD_REQUEST (configuration, a checkpoint of another one), DATA_MISSING, TRAINING_FAILED (loss not
 * finite too often)
 */
export async function runTrainFlow(request: TrainingCall, tools: TrainingTools): Promise<TrainingAnswer> {
  const config = checkedConfig(flowTrainingConfig, request.config)
  const run: Run = { config, out: request.out, pictures: await loadFlowPictures(config, request.data) }
  const started = await startingWeights(run, tools.models)
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
    weightDecay,
    clip,
    averageDecay: emaDecay,
    compiler: of.compiler,
  }
  const trainer = new FlowTrainer(config.flow, settings, of.started)
  disposeParams(of.started)
  return trainer
}

async function trainAll(trainer: FlowTrainer, run: Run, { emit, signal }: TrainingTools): Promise<void> {
  const { config, out, pictures } = run
  const { steps, checkpointEvery, evaluateEvery } = config
  const take = (step: number) => {
    const batch = drawFlowBatch(pictures, config, step)
    const report = trainer.step(batch)
    tf.dispose([batch.x, batch.noise])
    return report
  }
  const told = async (report: FlowStepReport, { step, seconds, secondsLeft }: StepDone) => {
    await appendRunLog(out, { step, ...report, seconds: Math.round(seconds) })
    emit({ done: step, total: steps, secondsLeft, note: `${report.bpd.toFixed(3)} bits per dimension` })
    if (step % evaluateEvery === 0)
      await appendRunLog(out, { step, heldOut: evaluate(trainer, run, config.evaluateFilms) })
  }
  await trainSteps(trainer, { steps, checkpointEvery, out, take, told, save: () => save(trainer, run) }, { signal })
}

/** Checkpoint and averaged weights. */
async function save(trainer: FlowTrainer, { config, out }: Run): Promise<null> {
  await saveCheckpoint(out, config, trainer.state)
  const averaged = trainer.averaged()
  const exported = exportFlow(averaged)
  const stored = toStored(exported)
  disposeParams(averaged)
  disposeParams(exported)
  await writeAtomic(join(out, 'weights.safetensors'), encodeSafetensors(stored))
  return null
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
