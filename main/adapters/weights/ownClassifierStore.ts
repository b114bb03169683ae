import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { modelName, OWN_CLASSIFIER_FILE, SimpleBitsError, type ModelName } from '../../../contract'
import type { OwnClassifierStore } from '../../ports'
import { readOwnFiles, readOwnManifest } from './ownFolder'

/** Whether a model's folder holds a classifier that the user brought along. */
export function isOwnClassifier(folder: string): boolean {
  return existsSync(join(folder, OWN_CLASSIFIER_FILE))
}

/** The user's classifiers under one or several roots; the first root that has the name wins, as for all models. */
export function createOwnClassifierStore(roots: readonly string[]): OwnClassifierStore {
  const find = (name: ModelName) => {
    const folder = roots.map((root) => join(root, name)).find((path) => existsSync(path))
    return folder !== undefined && isOwnClassifier(folder) ? folder : null
  }
  const folderOf = (name: ModelName) => {
    const folder = find(name)
    if (folder !== null) return folder
    throw new SimpleBitsError(
      'MODEL_NOT_FOUND',
      `There is no classifier of your own named ${name}. "simplebits models" lists what is there.`,
    )
  }
  const store: OwnClassifierStore = {
    has: async (name) => find(name) !== null,
    async list() {
      const names = new Set((await Promise.all(roots.map(ownNames))).flat())
      return Promise.all(
        [...names].sort().map(async (name) => {
          try {
            return { name, own: await store.describe(name), error: null }
          } catch (error) {
            return { name, own: null, error: SimpleBitsError.from(error).toWire() }
          }
        }),
      )
    },
    async describe(name) {
      return { name, ...(await readOwnManifest(folderOf(name), `The classifier ${name}`)) }
    },
    async load(name) {
      const own = await store.describe(name)
      return { ...own, files: await readOwnFiles(folderOf(name), own.manifest, `The classifier ${name}`) }
    },
  }
  return store
}

async function ownNames(root: string): Promise<ModelName[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => [])
  return entries.flatMap((entry) => {
    const name = modelName.safeParse(entry.name)
    return entry.isDirectory() && name.success && isOwnClassifier(join(root, entry.name)) ? [name.data] : []
  })
}
