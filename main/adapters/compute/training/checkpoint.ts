import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { SimpleBitsError } from '../../../../contract'
import type { TrainState } from '../../../engine/optim'
import { writeAtomic } from '../../files'
import { decodeSafetensors, encodeSafetensors } from '../../weights/safetensors'

const FILE = 'checkpoint.safetensors'
const position = z.object({
  step: z.coerce.number().int(),
  adamSteps: z.coerce.number().int(),
  skipped: z.coerce.number().int(),
  config: z.string(),
})

/** Writes where a training stands: one file, atomically, so that weights and position can never disagree. */
export async function saveCheckpoint(folder: string, config: unknown, state: TrainState): Promise<void> {
  const vectors = { weights: state.weights, average: state.average, first: state.adam.first, second: state.adam.second }
  const stored = Object.fromEntries(
    Object.entries(vectors).map(([name, vector]) => [
      name,
      { shape: vector.shape, data: Float32Array.from(vector.dataSync()) },
    ]),
  )
  const metadata = {
    step: String(state.step),
    adamSteps: String(state.adam.steps),
    skipped: String(state.skipped),
    config: JSON.stringify(config),
  }
  await writeAtomic(join(folder, FILE), encodeSafetensors(stored, metadata))
}

/**
 * Reads a checkpoint back.
 *
 * @returns null where there is none
 * @throws SimpleBitsError BAD_REQUEST where it was made with another configuration, MODEL_CORRUPT where it is damaged
 */
export async function loadCheckpoint(folder: string, config: unknown): Promise<TrainState | null> {
  const path = join(folder, FILE)
  if (!existsSync(path)) return null
  const { tensors, metadata } = decodeSafetensors(await readFile(path), FILE)
  const at = position.parse(metadata)
  if (at.config !== JSON.stringify(config))
    throw new SimpleBitsError(
      'BAD_REQUEST',
      'The checkpoint in this folder belongs to another training configuration. Choose another output folder, or start anew without --resume.',
    )
  const vector = (name: string): tf.Tensor1D => {
    const stored = tensors[name]
    if (!stored)
      throw new SimpleBitsError('MODEL_CORRUPT', `The checkpoint lacks “${name}”. Start anew without --resume.`)
    return tf.tensor1d(Float32Array.from(stored.data))
  }
  return {
    weights: vector('weights'),
    average: vector('average'),
    adam: { first: vector('first'), second: vector('second'), steps: at.adamSteps },
    step: at.step,
    skipped: at.skipped,
  }
}

/**
 * How many steps the run in this folder has done.
 * @throws SimpleBitsError FILE_NOT_FOUND where it has no checkpoint
 */
export async function checkpointStep(folder: string): Promise<number> {
  const path = join(folder, FILE)
  if (!existsSync(path))
    throw new SimpleBitsError('FILE_NOT_FOUND', `${folder} holds no training run: it has no ${FILE}.`)
  return position.parse(decodeSafetensors(await readFile(path), FILE).metadata).step
}
