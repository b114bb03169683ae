import { isDeepStrictEqual } from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { modelName, SimpleBitsError } from '../../../../contract'
import {
  growFlow,
  importFlow,
  initFlow,
  initialiseNewActnorms,
  toFlowRange,
  type FlowConfig,
  type GrownFlow,
} from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import { disposeParams, type Params } from '../../../engine/tensor'
import type { ModelStore } from '../../../ports'
import { toParams } from '../../tensors'
import { drawFlowBatch } from './batches'
import type { FlowPictures } from './flowPictures'
import type { FlowTrainingConfig } from './trainingConfig'

interface Start {
  readonly config: FlowTrainingConfig
  readonly pictures: FlowPictures
}

/**
 * What a training begins with: a data-dependent start, or the weights of the flow that `startFrom` names.
 *
 * @returns fresh tensors, the caller's
 * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT; BAD_REQUEST where the named model is no flow, cannot grow to this one,
 * or was trained on films that would be held out
 */
export async function startingWeights(start: Start, models: ModelStore): Promise<Params> {
  return start.config.startFrom === undefined ? firstWeights(start) : continuedWeights(start, models)
}

/** Random couplings and rotations; every actnorm from the first batch. */
function firstWeights(start: Start): Params {
  const { flow, seed } = start.config
  return withActnorms(start, { params: initFlow(flow, seededRng(seed)), known: {} })
}

/** A trained flow's weights; where a larger one is to be trained, grown to it. */
async function continuedWeights(start: Start, models: ModelStore): Promise<Params> {
  const { flow, seed } = start.config
  const { config, params } = await storedFlow(start.config, models)
  if (isDeepStrictEqual(config, flow)) return params
  try {
    return withActnorms(start, growFlow(config, flow, { params, rng: seededRng(seed) }))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new SimpleBitsError('BAD_REQUEST', `startFrom: ${start.config.startFrom}: ${error.message}`)
  } finally {
    disposeParams(params)
  }
}

/** What is not known yet is set from the first batch. Takes over the weights. */
function withActnorms({ config, pictures }: Start, grown: GrownFlow): Params {
  const first = drawFlowBatch(pictures, { ...config, batch: config.firstBatch }, -1)
  const g = toFlowRange(first.x, first.noise)
  const started = initialiseNewActnorms(config.flow, grown, g)
  disposeParams(grown.params)
  tf.dispose([first.x, first.noise, g])
  return started
}

const trainedBefore = z.object({ folds: z.number() })

async function storedFlow(
  { startFrom, seed, folds }: FlowTrainingConfig,
  models: ModelStore,
): Promise<{ config: FlowConfig; params: Params }> {
  const { file, manifest, tensors } = await models.load(modelName.parse(startFrom))
  if (file.kind !== 'flow') throw new SimpleBitsError('BAD_REQUEST', `startFrom: ${startFrom} is no flow.`)
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
  const params = importFlow(file.config, stored)
  disposeParams(stored)
  return { config: file.config, params }
}
