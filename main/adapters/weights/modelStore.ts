import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  issuesOf,
  modelFile,
  modelManifest,
  modelName,
  SimpleBitsError,
  type ModelFile,
  type ModelInfo,
  type ModelName,
} from '../../../contract'
import type { LoadedModel, ModelDescription, ModelStore } from '../../ports'
import { hashOf } from '../files'
import { decodeSafetensors } from '../tensors'
import { checkShapes } from './modelShapes'
import { createOwnClassifierStore, isOwnClassifier } from './ownClassifierStore'

const WEIGHTS = 'weights.safetensors'
const TRAINING = 'training.json'
/** What a classifier's training leaves in its manifest, as far as it is told in a list. */
const crossValidation = z.object({ crossValidated: z.array(z.object({ against: z.string(), auc: z.number() })) })

/**
 * Models as folders `<name>/{model.json, manifest.json, weights.safetensors}` under one or several roots; the first root that
 * has the name wins. Nothing is trusted that the manifest's sha256 does not cover.
 *
 * @param onBroken told of every model that `list` leaves out
 */
export function createModelStore(
  roots: readonly string[],
  onBroken: (name: string, error: SimpleBitsError) => void = () => undefined,
): ModelStore {
  const store: ModelStore = {
    async list() {
      const names = (await Promise.all(roots.map(folderNames))).flat()
      const infos = await Promise.all([...new Set(names)].sort().map((name) => infoOrNull(store, name, onBroken)))
      return [...infos.filter((info) => info !== null), ...(await ownInfos(roots, onBroken))]
    },
    async describe(name) {
      const { file, manifest, hash } = await readHead(await folderOf(roots, name), name)
      return { file, manifest, sha256: hash }
    },
    async load(name) {
      const folder = await folderOf(roots, name)
      const head = await readHead(folder, name)
      const bytes = await readChecked(folder, name, { file: WEIGHTS, expected: head.hash })
      const { tensors } = decodeSafetensors(bytes, `models/${name}/${WEIGHTS}`)
      checkShapes(head.file, tensors)
      return { file: head.file, manifest: head.manifest, sha256: head.hash, tensors } satisfies LoadedModel
    },
    async training(name) {
      const folder = await folderOf(roots, name)
      const { manifest } = await readHead(folder, name)
      const expected = manifest.files[TRAINING]
      if (!expected)
        throw new SimpleBitsError('BAD_REQUEST', `${name} came without ${TRAINING}: how it was trained is not known.`)
      return parseJson(
        z.unknown(),
        await readChecked(folder, name, { file: TRAINING, expected }),
        `models/${name}/${TRAINING}`,
      )
    },
  }
  return store
}

async function infoOrNull(
  store: ModelStore,
  name: string,
  onBroken: (name: string, error: SimpleBitsError) => void,
): Promise<ModelInfo | null> {
  try {
    return toInfo(await store.describe(modelName.parse(name)))
  } catch (error) {
    onBroken(name, SimpleBitsError.from(error))
    return null
  }
}

/** The classifiers that the user brought along, after those of the installation. */
async function ownInfos(
  roots: readonly string[],
  onBroken: (name: string, error: SimpleBitsError) => void,
): Promise<ModelInfo[]> {
  const listed = await createOwnClassifierStore(roots).list()
  return listed.flatMap(({ name, own, error }): ModelInfo[] => {
    if (error) onBroken(name, SimpleBitsError.fromWire(error))
    if (!own) return []
    const { audited, format, input } = own.manifest
    const library = format === 'tfjs-layers' ? 'TensorFlow.js Layers' : 'TensorFlow.js Graph'
    const description = `Own classifier for ${audited.toLowerCase()} on ${input.width} × ${input.height} pixels (${library})`
    return [{ name, kind: 'classifier', sha256: own.sha256, description }]
  })
}

function toInfo({ file, manifest, sha256: hash }: ModelDescription): ModelInfo {
  return { name: file.name, kind: file.kind, sha256: hash, description: describe(file) + howGood(manifest) }
}

/** Tells classifiers for the same finding apart: "; AUC 0.85 against no finding on held-out films". Empty where it was not measured. */
function howGood({ metrics }: ModelDescription['manifest']): string {
  const [first] = crossValidation.safeParse(metrics).data?.crossValidated ?? []
  return first ? `; AUC ${first.auc.toFixed(2)} against ${first.against} on held-out films` : ''
}

function describe(file: ModelFile): string {
  const { size } = file.config
  if (file.kind === 'classifier') return `Classifier for ${file.finding.toLowerCase()} on ${size} × ${size} pixels`
  if (file.kind === 'simplifier') return `Instant counterparts for ${file.classifier.name} on ${size} × ${size} pixels`
  const { levels, steps, hidden, coupling } = file.config
  const each = (value: number | readonly number[]) => [value].flat().join(', ')
  return `Glow on ${size} × ${size} pixels: ${levels} levels of ${each(steps)} steps, ${each(hidden)} hidden channels, ${coupling}`
}

async function folderNames(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && modelName.safeParse(entry.name).success)
    .filter((entry) => !isOwnClassifier(join(root, entry.name)))
    .map(({ name }) => name)
}

async function folderOf(roots: readonly string[], name: ModelName): Promise<string> {
  for (const root of roots) if ((await folderNames(root)).includes(name)) return join(root, name)
  throw new SimpleBitsError(
    'MODEL_NOT_FOUND',
    `There is no model named ${name} in this installation. "simplebits models" lists those that are there.`,
  )
}

async function readHead(folder: string, name: ModelName) {
  const manifest = parseJson(
    modelManifest,
    await readOrCorrupt(folder, name, 'manifest.json'),
    `models/${name}/manifest.json`,
  )
  const bytes = await readChecked(folder, name, { file: 'model.json', expected: manifest.files['model.json'] })
  const file = parseJson(modelFile, bytes, `models/${name}/model.json`)
  if (file.name !== name) throw corrupt(`models/${name}/model.json`, `it names itself ${file.name}`)
  const hash = manifest.files[WEIGHTS]
  if (!hash) throw corrupt(`models/${name}/manifest.json`, `it has no sha256 of ${WEIGHTS}`)
  return { file, manifest, hash }
}

async function readChecked(folder: string, name: string, check: { file: string; expected: string | undefined }) {
  const bytes = await readOrCorrupt(folder, name, check.file)
  if (hashOf(bytes) !== check.expected)
    throw corrupt(
      `models/${name}/${check.file}`,
      'its sha256 is not the one in manifest.json: the file was changed or damaged',
    )
  return bytes
}

async function readOrCorrupt(folder: string, name: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, file))
  } catch (cause) {
    throw corrupt(`models/${name}/${file}`, 'it cannot be read', cause)
  }
}

function parseJson<S extends z.ZodType>(schema: S, bytes: Uint8Array, label: string): z.infer<S> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw corrupt(label, 'it is not valid JSON', cause)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw corrupt(label, issuesOf(parsed.error, 'the whole').join('; '))
  return parsed.data
}

function corrupt(label: string, why: string, cause?: unknown): SimpleBitsError {
  const message = `${label} was refused: ${why}. Restore the original files of this model.`
  return new SimpleBitsError('MODEL_CORRUPT', message, { cause })
}
