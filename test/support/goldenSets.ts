import * as tf from '@tensorflow/tfjs-core'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decodeSafetensors } from '../../main/adapters/weights'

/** Where the shared golden vectors lie: beside the repository, or beside the folder that SIMPLEBITS_DATA names. */
const directory = process.env['SIMPLEBITS_DATA']
  ? resolve(process.env['SIMPLEBITS_DATA'], '../golden')
  : resolve(import.meta.dirname, '../../../shared/golden')

/** Names of a topic's golden sets; empty (and said so) where the vectors are missing. */
export function goldenSets(topic: string): string[] {
  const folder = join(directory, topic)
  if (!existsSync(folder)) {
    console.log(`skipped: there are no golden vectors for ${topic} beside the repository`)
    return []
  }
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
}

/** One set: its tensors (the caller disposes) and its JSON. */
export function loadGolden(topic: string, name: string): { tensors: Record<string, tf.Tensor>; json: unknown } {
  const bytes = readFileSync(join(directory, topic, `${name}.safetensors`))
  const { tensors } = decodeSafetensors(new Uint8Array(bytes), name)
  return {
    tensors: Object.fromEntries(Object.entries(tensors).map(([key, t]) => [key, tf.tensor(t.data, [...t.shape])])),
    json: JSON.parse(readFileSync(join(directory, topic, `${name}.json`), 'utf8')) as unknown,
  }
}
