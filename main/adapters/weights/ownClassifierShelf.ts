import { existsSync } from 'node:fs'
import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { modelName, OWN_CLASSIFIER_FILE, ownTest, sha256, SimpleBitsError, type OwnManifest } from '../../../contract'
import type { OwnClassifierShelf } from '../../ports'
import { makeFolder, writeAtomic } from '../files'
import { isOwnClassifier } from './ownClassifierStore'
import { readOwnFiles, readOwnManifest } from './ownFolder'

/** Beside the model's files, which it is not part of. */
const TEST_FILE = 'self-test.json'
/** Which classifier decides, of those here and of the bundled ones. */
const CHOICE_FILE = 'in-use.json'
const storedChoice = z.strictObject({ name: modelName })
const storedTest = z.strictObject({ of: sha256, test: ownTest })

/**
 * Keeps the user's classifiers in one folder.
 *
 * @param shelf that folder; made when the first one comes
 * @param roots all places where models are found: a name that is taken there is not given again
 */
export function createOwnClassifierShelf(shelf: string, roots: readonly string[]): OwnClassifierShelf {
  return {
    async add(folder, wanted) {
      const { manifest } = await readOwnManifest(folder, folder)
      await readOwnFiles(folder, manifest, folder)
      const name = wanted ?? manifest.name
      const taken = [...roots, shelf].some((root) => existsSync(join(root, name)))
      if (taken)
        throw new SimpleBitsError(
          'BAD_REQUEST',
          `There is a model named ${name} already. Give this one another name, or remove the other first.`,
        )
      await copyWhole(folder, join(shelf, name), manifest)
      return name
    },
    async remove(name) {
      const folder = join(shelf, name)
      if (!isOwnClassifier(folder))
        throw new SimpleBitsError('MODEL_NOT_FOUND', `There is no classifier of your own named ${name} to remove.`)
      await rm(folder, { recursive: true, force: true })
    },
    async lastTest({ name, sha256: hash }) {
      const stored = await readJson(join(shelf, name, TEST_FILE), storedTest)
      return stored?.of === hash ? stored.test : null
    },
    async saveTest({ name, sha256: hash }, test) {
      if (!isOwnClassifier(join(shelf, name))) return
      await writeAtomic(join(shelf, name, TEST_FILE), `${JSON.stringify({ of: hash, test }, null, 2)}\n`)
    },
    chosen: async () => (await readJson(join(shelf, CHOICE_FILE), storedChoice))?.name ?? null,
    choose: (name) => writeAtomic(join(shelf, CHOICE_FILE), `${JSON.stringify({ name })}\n`),
  }
}

/** Under another name first: a copy that breaks off is no model. */
async function copyWhole(from: string, to: string, manifest: OwnManifest): Promise<void> {
  const partial = join(dirname(to), `.${manifest.name}.${process.pid}.part`)
  try {
    for (const path of [OWN_CLASSIFIER_FILE, ...Object.keys(manifest.files)]) {
      await makeFolder(dirname(join(partial, path)))
      await copyFile(join(from, path), join(partial, path))
    }
    await rename(partial, to)
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw new SimpleBitsError(
      'WRITE_FAILED',
      `The classifier could not be copied to ${to}. Is there room on the disk?`,
      {
        cause,
      },
    )
  }
}

/** A file of ours that is missing or damaged says nothing; it is written anew. */
async function readJson<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}
