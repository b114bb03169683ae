import * as tf from '@tensorflow/tfjs-core'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decodeSafetensors } from '../../main/adapters/tensors'

const own = resolve(import.meta.dirname, '../golden/data')
/** More and larger sets: beside the repository, or beside the folder that SIMPLEBITS_DATA names. */
const shared = process.env['SIMPLEBITS_DATA']
  ? resolve(process.env['SIMPLEBITS_DATA'], '../golden')
  : resolve(import.meta.dirname, '../../../shared/golden')

/** A topic's sets as [name, file without ending]: those of the repository, and the shared ones where they are. */
export function goldenSets(topic: string): [string, string][] {
  const found = new Map<string, string>()
  for (const directory of [own, shared]) {
    const folder = join(directory, topic)
    if (!existsSync(folder)) {
      console.log(`skipped: there are no shared golden vectors for ${topic}; the repository's own are compared`)
      continue
    }
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const name = file.slice(0, -'.json'.length)
      if (!found.has(name)) found.set(name, join(folder, name))
    }
  }
  return [...found]
}

/** One set: its tensors (the caller disposes) and its JSON. */
export function loadGolden(path: string): { tensors: Record<string, tf.Tensor>; json: unknown } {
  const { tensors } = decodeSafetensors(new Uint8Array(readFileSync(`${path}.safetensors`)), path)
  return {
    tensors: Object.fromEntries(Object.entries(tensors).map(([key, t]) => [key, tf.tensor(t.data, [...t.shape])])),
    json: JSON.parse(readFileSync(`${path}.json`, 'utf8')) as unknown,
  }
}
