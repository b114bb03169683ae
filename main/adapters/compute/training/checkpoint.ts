import { existsSync } from 'node:fs'
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { StoredTensors } from '../../../ports'
import { decodeSafetensors, encodeSafetensors } from '../../weights/safetensors'

const FILE = 'checkpoint.safetensors'

/** The vectors and counters of a training run at one step; written whole or not at all. */
export async function writeCheckpoint(
  folder: string,
  vectors: Record<string, tf.Tensor>,
  counters: Record<string, number>,
): Promise<void> {
  const stored: StoredTensors = Object.fromEntries(
    Object.entries(vectors).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) },
    ]),
  )
  const text = Object.fromEntries(Object.entries(counters).map(([name, value]) => [name, String(value)]))
  await writeWhole(join(folder, FILE), encodeSafetensors(stored, text))
}

export interface Checkpoint {
  readonly vectors: Readonly<Record<string, tf.Tensor1D>>
  readonly counters: Readonly<Record<string, number>>
}

/** Null where the run has none yet. */
export async function readCheckpoint(folder: string): Promise<Checkpoint | null> {
  const path = join(folder, FILE)
  if (!existsSync(path)) return null
  const { tensors, metadata } = decodeSafetensors(await readFile(path), path)
  return {
    vectors: Object.fromEntries(
      Object.entries(tensors).map(([name, { data }]) => [name, tf.tensor1d(Float32Array.from(data))]),
    ),
    counters: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Number(value)])),
  }
}

/** A line of the run's log. */
export async function logLine(folder: string, line: Record<string, unknown>): Promise<void> {
  await appendFile(join(folder, 'log.jsonl'), `${JSON.stringify(line)}\n`)
}

/** Writes beside the target and renames: a reader or a crash sees the old file or the new one. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}
