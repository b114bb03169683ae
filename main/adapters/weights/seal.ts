import { readFile, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { OWN_CLASSIFIER_FILE, SimpleBitsError, type Sha256 } from '../../../contract'
import { hashOfFiles, writeAtomic } from '../files'
import { readOwnManifest } from './ownFolder'

/**
 * Writes the sha256 of every file of a classifier's folder into its manifest, then checks the manifest.
 * @returns the files that are named now
 * @throws SimpleBitsError FILE_NOT_FOUND, MODEL_CORRUPT
 */
export async function sealOwnClassifier(folder: string): Promise<string[]> {
  const path = join(folder, OWN_CLASSIFIER_FILE)
  let manifest: unknown
  try {
    manifest = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new SimpleBitsError(
      'FILE_NOT_FOUND',
      `${path} is missing or no valid JSON. docs/own-classifier.md shows one.`,
      {
        cause,
      },
    )
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).split(sep).filter(Boolean).join('/'))
    .filter((name) => (name.endsWith('.json') || name.endsWith('.bin')) && name !== OWN_CLASSIFIER_FILE)
    .sort()
  const hashes = new Map<string, Sha256>()
  for (const name of names) hashes.set(name, await hashOfFiles([join(folder, name)]))
  await writeAtomic(path, `${JSON.stringify({ ...Object(manifest), files: Object.fromEntries(hashes) }, null, 2)}\n`)
  await readOwnManifest(folder, folder)
  return names
}
