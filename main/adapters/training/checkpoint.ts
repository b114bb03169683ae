import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { SimpleBitsError } from '../../../contract'
import type { TrainState } from '../../engine/optim'
import type { StoredTensors } from '../../ports'
import { writeAtomic } from '../files'
import { decodeSafetensors, encodeSafetensors, toStored } from '../tensors'

const FILE = 'checkpoint.safetensors'
const position = z.coerce.number().int()

export function hasCheckpoint(folder: string): boolean {
  return existsSync(join(folder, FILE))
}

/** Writes where a training stands: one file, atomically, so that weights and position can never disagree. */
export async function saveCheckpoint(folder: string, config: unknown, state: TrainState): Promise<void> {
  const { tensors, metadata } = storedState(state, '')
  const path = join(folder, FILE)
  await writeAtomic(path, encodeSafetensors(tensors, { ...metadata, config: JSON.stringify(config) }))
}

/** The same for trainings that go together, each under its name. */
export async function saveCheckpoints(
  folder: string,
  config: unknown,
  states: Readonly<Record<string, TrainState>>,
): Promise<void> {
  const all = Object.entries(states).map(([name, state]) => storedState(state, `${name}.`))
  const tensors = Object.assign({}, ...all.map((one) => one.tensors)) as StoredTensors
  const metadata = Object.assign({}, ...all.map((one) => one.metadata)) as Record<string, string>
  const path = join(folder, FILE)
  await writeAtomic(path, encodeSafetensors(tensors, { ...metadata, config: JSON.stringify(config) }))
}

/**
 * Reads a checkpoint back.
 *
 * @returns null where there is none
 * @throws SimpleBitsError BAD_REQUEST where it was made with another configuration, MODEL_CORRUPT where it is damaged
 */
export async function loadCheckpoint(folder: string, config: unknown): Promise<TrainState | null> {
  const read = await readCheckpoint(folder, config)
  return read && restoredState(read, '')
}

/** The same for trainings that go together. */
export async function loadCheckpoints<K extends string>(
  folder: string,
  config: unknown,
  names: readonly K[],
): Promise<Record<K, TrainState> | null> {
  const read = await readCheckpoint(folder, config)
  if (!read) return null
  return Object.fromEntries(names.map((name) => [name, restoredState(read, `${name}.`)])) as Record<K, TrainState>
}

type Read = ReturnType<typeof decodeSafetensors>

async function readCheckpoint(folder: string, config: unknown): Promise<Read | null> {
  const path = join(folder, FILE)
  if (!existsSync(path)) return null
  const read = decodeSafetensors(await readFile(path), FILE)
  if (read.metadata['config'] !== JSON.stringify(config))
    throw new SimpleBitsError(
      'BAD_REQUEST',
      'The checkpoint in this folder belongs to another training configuration. Name another folder with --out.',
    )
  return read
}

function storedState(state: TrainState, prefix: string) {
  const vectors = { weights: state.weights, average: state.average, first: state.adam.first, second: state.adam.second }
  const tensors = toStored(vectors, prefix)
  const metadata = {
    [`${prefix}step`]: String(state.step),
    [`${prefix}adamSteps`]: String(state.adam.steps),
    [`${prefix}skipped`]: String(state.skipped),
  }
  return { tensors, metadata }
}

function restoredState({ tensors, metadata }: Read, prefix: string): TrainState {
  const number = (name: string) => position.parse(metadata[prefix + name])
  const vector = (name: string): tf.Tensor1D => {
    const stored = tensors[prefix + name]
    if (!stored)
      throw new SimpleBitsError(
        'MODEL_CORRUPT',
        `The checkpoint lacks “${prefix}${name}”. Start anew in another folder.`,
      )
    return tf.tensor1d(Float32Array.from(stored.data))
  }
  return {
    weights: vector('weights'),
    average: vector('average'),
    adam: { first: vector('first'), second: vector('second'), steps: number('adamSteps') },
    step: number('step'),
    skipped: number('skipped'),
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
  return position.parse(decodeSafetensors(await readFile(path), FILE).metadata['step'])
}
