import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { modelFile, type ModelFile } from '../../../../contract'
import { modelInput } from '../../../domain/modelInput'
import { chestClassifier } from '../../../engine/classifier'
import { calibrated } from '../../../engine/metrics'
import { disposeParams, type Params } from '../../../engine/tensor'
import { readFilm } from '../../dicom'
import { hashOf, writeAtomic } from '../../files'
import { loadTrainingFilms, toPixels } from '../../trainingData'
import { decodeSafetensors } from '../../tensors'
import { checkedConfig } from '../checkedConfig'
import { writeModelFolder } from '../modelFolder'
import { hashedFile, hashedPictures, prettyJson, type HashedData, type ManifestFields } from '../provenance'
import { aucTable, besideTeacher, calibrate, confounding } from './crossValidation'
import { gatherPredictions } from './gatherPredictions'
import { classifierCard, resultsPage } from './modelCard'
import { classifierTrainingConfig, type ClassifierTrainingConfig } from './trainingConfig'

const GOLDEN_TOLERANCE = 1e-3

export interface PackageClassifierRequest {
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
 * weights, cv.json, golden.json, MODEL_CARD.md, manifest.json, the page under docs/results and, beside it, the predictions.
 *
 * @throws SimpleBitsError BAD_REQUEST (configuration, predictions that are not a fold's), DATA_MISSING, WRITE_FAILED
 */
export async function packageClassifier(request: PackageClassifierRequest): Promise<CrossValidation> {
  const config = checkedConfig(classifierTrainingConfig, request.config)
  const data = await hashedData(request.data)
  const cv = await crossValidate(config, { ...request, hashed: data })
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
    'MODEL_CARD.md': classifierCard(card),
  }
  await writeModelFolder(request.out, files, manifestOf(request.shipped, { config, cv, data }))
  await writeAtomic(join(request.results, `${config.name}.md`), resultsPage(card))
  return cv
}

async function crossValidate(
  config: ClassifierTrainingConfig,
  { data, hashed, runs, results }: PackageClassifierRequest & { readonly hashed: readonly HashedData[] },
) {
  const films = await loadTrainingFilms(data)
  const kept = { folder: join(results, 'predictions', config.name), config, data: hashed }
  const { scored, folds } = await gatherPredictions(films, { runs, kept })
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
  config: ClassifierTrainingConfig,
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

function manifestOf(
  shipped: string,
  of: { config: ClassifierTrainingConfig; cv: CrossValidation; data: HashedData[] },
): ManifestFields {
  const { config, cv, data } = of
  const headline = cv.table.filter((row) => row.group === 'all')
  return {
    licence: 'MIT; trained on NIH ChestX-ray14 (use unrestricted, attribution in MODEL_CARD.md)',
    data,
    command: `simplebits train classifier --config models/${config.name}/training.json --out runs/${config.name}/${shipped}${shipped.startsWith('fold') ? ` --set folds.held=${shipped.slice(4)}` : ''}`,
    seed: config.seed,
    steps: config.steps,
    versions: { node: process.version, 'tfjs-core': tf.version_core, backend: tf.getBackend() },
    metrics: {
      crossValidated: headline.map(({ against, auc, low, high, ridge }) => ({ against, auc, low, high, ridge })),
      sensitivity: cv.decision.sensitivity,
      specificity: cv.decision.specificity,
      calibrationError: cv.decision.calibrationError,
    },
  }
}

async function hashedData(data: string): Promise<HashedData[]> {
  return [
    await hashedFile(data, 'manifest.csv', 'labels, patients, views'),
    await hashedFile(data, 'densenet121_predictions.csv', 'teacher probabilities, half of the target where present'),
    await hashedPictures(data, 'png256'),
    await hashedPictures(data, 'png64'),
  ]
}
