import { posix } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { SimpleBitsError } from '../../../../contract'
import type { LoadedOwnClassifier } from '../../../ports'

const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
  complex64: 8,
}

const weightSpec = z.looseObject({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  dtype: z.enum(['float32', 'int32', 'bool', 'complex64']),
  quantization: z.looseObject({ dtype: z.enum(['uint8', 'uint16', 'float16']) }).optional(),
})

/** What is used of a TensorFlow.js model.json, whichever program wrote it. */
const modelJson = z.looseObject({
  format: z.string().optional(),
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(z.strictObject({ paths: z.array(z.string()), weights: z.array(weightSpec) })).min(1),
})

const FORMATS = { 'layers-model': 'tfjs-layers', 'graph-model': 'tfjs-graph' } as const

/**
 * A TensorFlow.js model put together from checked files: every shard is named by the manifest and holds as many bytes as
 * its weights take.
 * @throws SimpleBitsError MODEL_CORRUPT naming the file
 */
export function artifactsOf({ name, manifest, files }: LoadedOwnClassifier): tf.io.ModelArtifacts {
  const refuse = (why: string) =>
    new SimpleBitsError('MODEL_CORRUPT', `The classifier ${name} was refused: ${manifest.file} ${why}.`)
  const parsed = modelJson.safeParse(parseJson(files.get(manifest.file), refuse))
  if (!parsed.success) throw refuse('is no TensorFlow.js model (no modelTopology or weightsManifest)')
  const { format, weightsManifest } = parsed.data
  const known = Object.entries(FORMATS).find(([written]) => written === format)?.[1]
  if (known && known !== manifest.format)
    throw refuse(`is a ${format}, but the manifest says ${manifest.format}: write “${known}” there`)
  const folder = posix.dirname(manifest.file)
  const shards = weightsManifest.flatMap(({ paths, weights }) => {
    const bytes = paths.map((path) => {
      const shard = files.get(posix.normalize(posix.join(folder, path)))
      if (!shard) throw refuse(`needs ${path}, which the manifest does not list under files`)
      return shard
    })
    const wanted = weights.reduce((sum, spec) => sum + bytesOf(spec), 0)
    const found = bytes.reduce((sum, { length }) => sum + length, 0)
    if (wanted !== found) throw refuse(`describes ${wanted} bytes of weights, but ${paths.join(', ')} hold ${found}`)
    return bytes
  })
  const specs = weightsManifest.flatMap(({ weights }) => weights) as tf.io.WeightsManifestEntry[]
  return tf.io.getModelArtifactsForJSONSync(parsed.data as tf.io.ModelJSON, specs, joined(shards))
}

function parseJson(bytes: Uint8Array | undefined, refuse: (why: string) => SimpleBitsError): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw refuse('is not valid JSON')
  }
}

function bytesOf({ shape, dtype, quantization }: z.infer<typeof weightSpec>): number {
  return shape.reduce((size, length) => size * length, 1) * (BYTES[quantization?.dtype ?? dtype] ?? NaN)
}

function joined(shards: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const shard of shards) {
    all.set(shard, at)
    at += shard.length
  }
  return all.buffer
}
