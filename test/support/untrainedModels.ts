import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BUNDLED_CLASSIFIER,
  BUNDLED_FLOW,
  type ClassifierConfig,
  type FlowConfig,
  type ModelFile,
} from '../../contract'
import { encodeSafetensors } from '../../main/adapters/tensors'
import { chestClassifier } from '../../main/engine/classifier'
import { exportFlow, initFlow } from '../../main/engine/flow'
import { seededRng } from '../../main/engine/rng'
import type { Params } from '../../main/engine/tensor'

export const SMALL_FLOW: FlowConfig = { size: 128, channels: 1, levels: 2, steps: 1, hidden: 4, coupling: 'affine' }
export const SMALL_CLASSIFIER: ClassifierConfig = {
  size: 128,
  channels: 1,
  width: 8,
  blocks: [1],
  activation: 'elu',
  heads: ['Effusion'],
}

/**
 * A models folder with a small seeded flow and classifier under the bundled names: real networks through the real loader,
 * only never trained. A tfjs backend must be loaded.
 */
export async function writeUntrainedModels(root: string, { threshold = 0.5 } = {}): Promise<void> {
  const rng = seededRng(1)
  await writeModel(
    root,
    { kind: 'flow', name: BUNDLED_FLOW, input: 'model-input/1', config: SMALL_FLOW },
    exportFlow(initFlow(SMALL_FLOW, rng)),
  )
  await writeModel(
    root,
    {
      kind: 'classifier',
      name: BUNDLED_CLASSIFIER,
      input: 'model-input/1',
      finding: 'effusion',
      config: SMALL_CLASSIFIER,
      calibration: { temperature: 1, bias: 0 },
      threshold,
    },
    chestClassifier(SMALL_CLASSIFIER).init(rng),
  )
}

async function writeModel(root: string, file: ModelFile, params: Params): Promise<void> {
  const folder = join(root, file.name)
  await mkdir(folder, { recursive: true })
  const tensors = Object.entries(params).map(([name, tensor]) => {
    return [name, { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) }] as const
  })
  const contents = {
    'model.json': Buffer.from(JSON.stringify(file)),
    'weights.safetensors': Buffer.from(encodeSafetensors(Object.fromEntries(tensors))),
  }
  const files = Object.entries(contents).map(([name, bytes]) => [
    name,
    createHash('sha256').update(bytes).digest('hex'),
  ])
  const manifest = {
    files: Object.fromEntries(files),
    ...{ licence: 'MIT', data: [], command: 'test', seed: 1, steps: 0, versions: {}, metrics: {} },
  }
  for (const [name, bytes] of Object.entries(contents)) await writeFile(join(folder, name), bytes)
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
}
