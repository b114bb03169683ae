import type { BackendChoice, ModelName } from '../../contract'
import { userDataFolder } from '../adapters/files'
import { bundledCases } from '../adapters/bundled'
import {
  createOwnClassifierShelf,
  createOwnClassifierStore,
  modelRoots,
  ownModelsFolder,
  sealOwnClassifier,
} from '../adapters/weights'
import { addOwnClassifier, ClassifierInUse, testOwnClassifier } from '../app'
import type { Logger, ModelStore } from '../ports'
import { filmPool, terminalEngine } from './parts'

/** The user's classifiers as the desktop keeps them, and which one decides. */
export function classifierShelf(of: {
  readonly models: ModelStore
  readonly roots: readonly string[]
  readonly userData: string
  readonly log: Logger
}) {
  const store = createOwnClassifierStore(of.roots)
  const shelf = createOwnClassifierShelf(ownModelsFolder(of.userData), of.roots)
  return { store, shelf, inUse: new ClassifierInUse({ ...of, own: store, shelf }) }
}

/** Writes the hashes of a classifier's files into its manifest. */
export function sealClassifier(folder: string): Promise<string[]> {
  return sealOwnClassifier(folder)
}

/** The user's own classifiers as the command line calls them. Close it at the end: the engine is a process. */
export async function composeOwnClassifiers(options: { backend: BackendChoice; folder?: string }) {
  const folder = options.folder ?? ownModelsFolder(userDataFolder(process.env))
  const models = [...new Set([...modelRoots(process.env), folder])]
  const engine = terminalEngine(options.backend, models)
  const films = filmPool()
  const shelf = createOwnClassifierShelf(folder, models)
  const deps = { engine, films, shelf, own: createOwnClassifierStore(models), trialFilms: await bundledCases() }
  return {
    add: (request: { folder: string; name: ModelName | null }, signal: AbortSignal) =>
      addOwnClassifier(deps, request, signal),
    test: (name: ModelName, signal: AbortSignal) => testOwnClassifier(deps, name, signal),
    remove: (name: ModelName) => shelf.remove(name),
    async close() {
      await Promise.all([engine.close(), films.close()])
    },
  }
}
