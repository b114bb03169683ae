import { SimpleBitsError, type ModelFile, type ModelName, type Sha256 } from '../../../contract'
import { chestClassifier, type ClassifierNet } from '../../engine/classifier'
import { importFlow, prepareFlow, type PreparedFlow } from '../../engine/flow'
import { simplifierNet, type SimplifierNet } from '../../engine/simplify'
import { disposeParams, type Params } from '../../engine/tensor'
import type { ModelStore } from '../../ports'
import { toParams } from '../tensors'

export interface ReadyFlow {
  readonly name: ModelName
  readonly sha256: Sha256
  readonly flow: PreparedFlow
}

export interface ReadyClassifier {
  readonly name: ModelName
  readonly sha256: Sha256
  readonly file: Extract<ModelFile, { kind: 'classifier' }>
  readonly net: ClassifierNet
  /** From `net.freeze`; kept as long as the process lives. */
  readonly frozen: Params
}

export interface ReadySimplifier {
  readonly name: ModelName
  readonly file: Extract<ModelFile, { kind: 'simplifier' }>
  readonly net: SimplifierNet
  /** Kept as long as the process lives. */
  readonly params: Params
}

/** Models ready to compute with, each loaded once in this process and kept. */
export interface ReadyModels {
  /** @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT, BAD_REQUEST where the name is no flow */
  flow(name: ModelName): Promise<ReadyFlow>
  /** @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT, BAD_REQUEST where the name is no classifier */
  classifier(name: ModelName): Promise<ReadyClassifier>
  /** @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT, BAD_REQUEST where the name is no simplifier */
  simplifier(name: ModelName): Promise<ReadySimplifier>
}

export function createReadyModels(models: ModelStore): ReadyModels {
  const flows = new Map<ModelName, Promise<ReadyFlow>>()
  const classifiers = new Map<ModelName, Promise<ReadyClassifier>>()
  const simplifiers = new Map<ModelName, Promise<ReadySimplifier>>()
  return {
    flow: (name) => once(flows, name, () => loadFlow(models, name)),
    classifier: (name) => once(classifiers, name, () => loadClassifier(models, name)),
    simplifier: (name) => once(simplifiers, name, () => loadSimplifier(models, name)),
  }
}

async function loadFlow(models: ModelStore, name: ModelName): Promise<ReadyFlow> {
  const { file, tensors, sha256 } = await models.load(name)
  if (file.kind !== 'flow')
    throw new SimpleBitsError('BAD_REQUEST', `${name} is a ${file.kind}, a flow is needed here.`)
  const stored = toParams(tensors)
  const params = importFlow(file.config, stored)
  const flow = prepareFlow(file.config, params)
  disposeParams(stored)
  disposeParams(params)
  return { name, sha256, flow }
}

async function loadClassifier(models: ModelStore, name: ModelName): Promise<ReadyClassifier> {
  const { file, tensors, sha256 } = await models.load(name)
  if (file.kind !== 'classifier')
    throw new SimpleBitsError('BAD_REQUEST', `${name} is a ${file.kind}, a classifier is needed here.`)
  const net = chestClassifier(file.config)
  const stored = toParams(tensors)
  const frozen = net.freeze(stored)
  disposeParams(stored)
  return { name, sha256, file, net, frozen }
}

async function loadSimplifier(models: ModelStore, name: ModelName): Promise<ReadySimplifier> {
  const { file, tensors } = await models.load(name)
  if (file.kind !== 'simplifier')
    throw new SimpleBitsError('BAD_REQUEST', `${name} is a ${file.kind}, a simplifier is needed here.`)
  return { name, file, net: simplifierNet(file.config), params: toParams(tensors) }
}

/** A failed load is forgotten, so that a repaired model loads without a restart. */
function once<T>(cache: Map<ModelName, Promise<T>>, name: ModelName, load: () => Promise<T>): Promise<T> {
  const known = cache.get(name)
  if (known) return known
  const fresh = load()
  cache.set(name, fresh)
  fresh.catch(() => cache.delete(name))
  return fresh
}
