import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { MODEL_SIZE, modelFile, type ModelFile } from '../../../../contract'
import { modelInput } from '../../../domain/modelInput'
import { disposeFlow, importFlow, prepareFlow, type PreparedFlow } from '../../../engine/flow'
import { disposeParams } from '../../../engine/tensor'
import { readFilm } from '../../dicom'
import { hashOf } from '../../files'
import { dataHashes, naturalFiles } from '../../experimentData'
import { decodeSafetensors, toParams } from '../../tensors'
import { checkedConfig } from '../checkedConfig'
import { checkpointStep } from '../checkpoint'
import { UNLABELLED_FILMS } from './filmPictures'
import { flowCard, licenceOf } from './modelCard'
import { bpdOfPictures, flowFigures } from './figures'
import { loadFlowPictures } from './flowPictures'
import { flowTrainingConfig, type FlowTrainingConfig } from './trainingConfig'
import { writeModelFolder } from '../modelFolder'
import { hashedFile, hashedPictures, prettyJson, type HashedData } from '../provenance'

const GOLDEN_TOLERANCE = 1e-4

export interface PackageFlowRequest {
  readonly config: unknown
  /** The data folder. */
  readonly data: string
  /** The training run. */
  readonly run: string
  /** models/<name> */
  readonly out: string
  /** Bundled films whose bits are written down. */
  readonly goldenFilms: readonly string[]
}

/**
 * Makes models/<flow> from a training run: model.json, weights, golden.json, MODEL_CARD.md, manifest.json.
 * @throws SimpleBitsError BAD_REQUEST (configuration)
 */
export async function packageFlow(request: PackageFlowRequest) {
  const config = checkedConfig(flowTrainingConfig, request.config)
  const bytes = await readFile(join(request.run, 'weights.safetensors'))
  const flow = readFlow(config, bytes)
  try {
    const figures = await evaluate(config, { flow, data: request.data })
    const steps = await checkpointStep(request.run)
    const command = `simplebits train flow --config models/${config.name}/training.json --out runs/${config.name}`
    const file: ModelFile = modelFile.parse({
      kind: 'flow',
      name: config.name,
      input: seesFilms(config) ? 'model-input/1' : null,
      config: config.flow,
    })
    const files: Record<string, Uint8Array | string> = {
      'model.json': prettyJson(file),
      'weights.safetensors': bytes,
      'training.json': prettyJson(config),
      ...(seesFilms(config) ? { 'golden.json': prettyJson(await goldenBits(flow, request.goldenFilms)) } : {}),
      'MODEL_CARD.md': flowCard({ config, steps, command, ...figures }),
    }
    await writeModelFolder(request.out, files, {
      licence: `MIT; ${licenceOf(config)} (attribution in MODEL_CARD.md)`,
      data: await dataOf(config, request.data),
      command,
      seed: config.seed,
      steps,
      versions: { node: process.version, 'tfjs-core': tf.version_core, backend: tf.getBackend() },
      metrics: figures,
    })
    return figures
  } finally {
    disposeFlow(flow)
  }
}

/** Whether its pictures are films as the product shows them to its models. */
const seesFilms = ({ source, flow }: FlowTrainingConfig) => source === 'radiographs' && flow.size === MODEL_SIZE

function readFlow(config: FlowTrainingConfig, bytes: Uint8Array): PreparedFlow {
  const stored = toParams(decodeSafetensors(bytes, 'weights.safetensors').tensors)
  const params = importFlow(config.flow, stored)
  const flow = prepareFlow(config.flow, params)
  disposeParams(stored)
  disposeParams(params)
  return flow
}

async function evaluate(config: FlowTrainingConfig, { flow, data }: { flow: PreparedFlow; data: string }) {
  const { trained, heldOut } = await loadFlowPictures(config, data)
  return { trained, ...flowFigures(flow, heldOut) }
}

/** Every file that the training read. */
async function dataOf(config: FlowTrainingConfig, data: string): Promise<HashedData[]> {
  const files = config.source === 'photos' ? SMALL_PICTURES.flatMap(naturalFiles) : filmFiles(config)
  const hashes = Object.entries(await dataHashes(data, files))
  const small = hashes.map(([name, hash]) => ({ name, sha256: hash, use: 'pictures' }))
  if (config.source === 'photos') return small
  return [await hashedFile(data, 'manifest.csv', 'patients, sources'), await hashedPictures(data, 'png256'), ...small]
}

const SMALL_PICTURES = ['photos', 'digits', 'clothing'] as const
const filmFiles = ({ flow }: FlowTrainingConfig) => (flow.size === MODEL_SIZE ? [] : [UNLABELLED_FILMS])

async function goldenBits(flow: PreparedFlow, paths: readonly string[]) {
  const levels = await Promise.all(paths.map(async (path) => modelInput(await readFilm(path)).pixels))
  const { bpd } = bpdOfPictures(flow, levels)
  const films = paths.map((path, i) => ({
    file: basename(path),
    levelsSha256: hashOf(levels[i] ?? ''),
    bpd: bpd[i],
  }))
  return { input: 'model-input/1', noise: 'one seeded draw', relativeTolerance: GOLDEN_TOLERANCE, films }
}
