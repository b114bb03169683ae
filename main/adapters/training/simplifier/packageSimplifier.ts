import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { MODEL_SIZE, modelFile, type ModelFile } from '../../../../contract'
import type { ModelStore } from '../../../ports'
import { checkedConfig } from '../checkedConfig'
import { writeModelFolder } from '../modelFolder'
import { hashedFile, hashedPictures, prettyJson } from '../provenance'
import type { SimplifierFigures } from './figures'
import { simplifierCard } from './modelCard'
import { simplifierTrainingConfig } from './trainingConfig'

export interface PackageSimplifierRequest {
  readonly config: unknown
  /** The data folder. */
  readonly data: string
  /** The training run. */
  readonly run: string
  /** models/<name> */
  readonly out: string
  /** Where the classifier and the flow lie that it was trained against. */
  readonly models: ModelStore
}

export type SimplifierMetrics = SimplifierFigures & { readonly steps: number; readonly trained: number }

/**
 * Makes models/<simplifier> from a training run: model.json, weights, MODEL_CARD.md, manifest.json.
 * @throws SimpleBitsError BAD_REQUEST (configuration)
 */
export async function packageSimplifier(request: PackageSimplifierRequest): Promise<SimplifierMetrics> {
  const config = checkedConfig(simplifierTrainingConfig, request.config)
  const [classifier, flow] = await Promise.all([
    request.models.describe(config.classifier),
    request.models.describe(config.flow),
  ])
  const metrics = JSON.parse(await readFile(join(request.run, 'metrics.json'), 'utf8')) as SimplifierMetrics
  const command = `simplebits train simplifier --config models/${config.name}/training.json --out runs/${config.name}`
  const file: ModelFile = modelFile.parse({
    kind: 'simplifier',
    name: config.name,
    input: 'model-input/1',
    config: { size: MODEL_SIZE, channels: 1, width: config.width, blur: config.blur },
    classifier: { name: config.classifier, sha256: classifier.sha256 },
    flow: { name: config.flow, sha256: flow.sha256 },
  })
  const files: Record<string, Uint8Array | string> = {
    'model.json': prettyJson(file),
    'weights.safetensors': await readFile(join(request.run, 'weights.safetensors')),
    'training.json': prettyJson(config),
    'MODEL_CARD.md': simplifierCard({ config, metrics, command }),
  }
  await writeModelFolder(request.out, files, {
    licence: 'MIT; trained on NIH ChestX-ray14 (use unrestricted, attribution in MODEL_CARD.md)',
    data: [
      await hashedFile(request.data, 'manifest.csv', 'patients, sources'),
      await hashedPictures(request.data, 'png256'),
      {
        name: `models/${config.classifier}`,
        sha256: classifier.sha256,
        use: 'the classifier whose use of the film is kept',
      },
      { name: `models/${config.flow}`, sha256: flow.sha256, use: 'the flow that counts the bits' },
    ],
    command,
    seed: config.seed,
    steps: metrics.steps,
    versions: { node: process.version, 'tfjs-core': tf.version_core },
    metrics: { ...metrics },
  })
  return metrics
}
