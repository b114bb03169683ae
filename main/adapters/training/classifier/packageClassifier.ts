import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { modelFile, modelManifest, type ModelFile } from '../../../../contract'
import { modelInput } from '../../../domain/modelInput'
import { chestClassifier } from '../../../engine/classifier'
import { calibrated } from '../../../engine/metrics'
import { disposeParams, type Params } from '../../../engine/tensor'
import { readFilm } from '../../dicom'
import { hashOf, writeAtomic } from '../../files'
import { loadTrainingFilms, toPixels } from '../../trainingData'
import { decodeSafetensors } from '../../weights'
import { checkedConfig } from '../checkedConfig'
import { hashedFile, hashedPictures, prettyJson } from '../provenance'
import { aucTable, besideTeacher, calibrate, confounding } from './crossValidation'
import { gatherPredictions } from './gatherPredictions'
import { modelCard, resultsPage } from './modelCard'
import { classifierTraining, type ClassifierTraining } from './trainingConfig'

const GOLDEN_TOLERANCE = 1e-3

export interface PackageRequest {
  readonly config: unknown
  /** The data folder. */
  readonly data: string
  /** Folder with `final` and `fold0`, `fold1`, … */
  readonly runs: string
  /** The run whose weights are shipped. */
  readonly shipped: string
  /** models/<name> */
  readonly out: string
  /** docs/results */
  readonly results: string
  /** Bundled films whose outputs are written down. */
  readonly goldenFilms: readonly string[]
  /** Said in the card where the weights are not the final ones. */
  readonly note: string | null
}

export type CrossValidation = Awaited<ReturnType<typeof crossValidate>>

/**
 * Makes models/<name> from finished runs: model.json (with calibration and threshold from the held-out predictions),
 * weights, cv.json, golden.json, MODEL_CARD.md, manifest.json and the page under docs/results.
 *
 * @throws SimpleBitsError BAD_REQUEST (configuration)
 */
export async function packageClassifier(request: PackageRequest): Promise<CrossValidation> {
  const config = checkedConfig(classifierTraining, request.config)
  const cv = await crossValidate(config, request)
  const bytes = await readFile(join(request.runs, request.shipped, 'weights.safetensors'))
  const file: ModelFile = modelFile.parse({
    kind: 'classifier',
    name: config.name,
    input: 'model-input/1',
    finding: 'Pleural effusion',
    config: config.net,
    calibration: cv.decision.calibration,
    threshold: cv.decision.threshold,
  })
  const card = { config, cv, note: request.note, shipped: request.shipped }
  const files: Record<string, Uint8Array | string> = {
    'model.json': prettyJson(file),
    'weights.safetensors': bytes,
    'training.json': prettyJson(config),
    'cv.json': prettyJson(cv),
    'golden.json': prettyJson(await goldenOutputs(config, { bytes, cv, films: request.goldenFilms })),
    'MODEL_CARD.md': modelCard(card),
  }
  for (const [name, content] of Object.entries(files)) await writeAtomic(join(request.out, name), content)
  await writeAtomic(join(request.results, `${config.name}.md`), resultsPage(card))
  const hashes = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, hashOf(content)]))
  await writeAtomic(join(request.out, 'manifest.json'), prettyJson(await manifest(request, { config, cv, hashes })))
  return cv
}

async function crossValidate(config: ClassifierTraining, { data, runs }: PackageRequest) {
  const films = await loadTrainingFilms(data)
  const { scored, folds } = await gatherPredictions(films, config, runs)
  const table = aucTable(scored, config.seed)
  return {
    folds,
    films: scored.length,
    table,
    confounding: confounding(scored),
    besideTeacher: besideTeacher(scored),
    decision: calibrate(scored),
  }
}

async function goldenOutputs(
  config: ClassifierTraining,
  of: { bytes: Uint8Array; cv: CrossValidation; films: readonly string[] },
) {
  const { tensors } = decodeSafetensors(of.bytes, 'weights.safetensors')
  const params: Params = Object.fromEntries(
    Object.entries(tensors).map(([name, { data, shape }]) => [name, tf.tensor(Float32Array.from(data), [...shape])]),
  )
  const net = chestClassifier(config.net)
  const { size, channels } = config.net
  const films: object[] = []
  for (const path of of.films) {
    const levels = modelInput(await readFilm(path)).pixels
    const logits = tf.tidy(() =>
      net.forward(net.freeze(params), tf.tensor4d(toPixels(levels), [1, size, size, channels])).arraySync(),
    )
    const row = logits[0] ?? []
    const probability = calibrated(row[0] ?? NaN, of.cv.decision.calibration)
    films.push({ file: basename(path), levelsSha256: hashOf(levels), logits: row, probability })
  }
  disposeParams(params)
  return { input: 'model-input/1', tolerance: GOLDEN_TOLERANCE, films }
}

async function manifest(
  request: PackageRequest,
  of: { config: ClassifierTraining; cv: CrossValidation; hashes: Record<string, string> },
) {
  const { config, cv } = of
  const headline = cv.table.filter((row) => row.group === 'all')
  return modelManifest.parse({
    files: of.hashes,
    licence: 'MIT; trained on NIH ChestX-ray14 (use unrestricted, attribution in MODEL_CARD.md)',
    data: await dataHashes(request.data),
    command: `simplebits train classifier --config models/${config.name}/training.json --out runs/${config.name}/${request.shipped}${request.shipped.startsWith('fold') ? ` --set folds.held=${request.shipped.slice(4)}` : ''}`,
    seed: config.seed,
    steps: config.steps,
    versions: { node: process.version, 'tfjs-core': tf.version_core, backend: tf.getBackend() },
    metrics: {
      crossValidated: headline.map(({ against, auc, low, high, ridge }) => ({ against, auc, low, high, ridge })),
      sensitivity: cv.decision.sensitivity,
      specificity: cv.decision.specificity,
      calibrationError: cv.decision.calibrationError,
    },
  })
}

async function dataHashes(data: string) {
  return [
    await hashedFile(data, 'manifest.csv', 'labels, patients, views'),
    await hashedFile(data, 'densenet121_predictions.csv', 'teacher probabilities, half of the target where present'),
    await hashedPictures(data, 'png256'),
    await hashedPictures(data, 'png64'),
  ]
}
