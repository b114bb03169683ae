import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  issuesOf,
  OWN_CLASSIFIER_FILE,
  ownManifest,
  SimpleBitsError,
  type OwnManifest,
  type Sha256,
} from '../../../contract'
import { hashOf } from '../files'

/**
 * The manifest of a classifier's folder, checked, and its hash.
 * @param label what the folder is called in a refusal
 * @throws SimpleBitsError FILE_NOT_FOUND, MODEL_CORRUPT naming the field
 */
export async function readOwnManifest(
  folder: string,
  label: string,
): Promise<{ manifest: OwnManifest; sha256: Sha256 }> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(join(folder, OWN_CLASSIFIER_FILE))
  } catch (cause) {
    throw new SimpleBitsError(
      'FILE_NOT_FOUND',
      `${label} holds no readable ${OWN_CLASSIFIER_FILE}. It describes the classifier; docs/own-classifier.md shows one to copy.`,
      { cause },
    )
  }
  const manifest = parseManifest(bytes, label)
  if (!manifest.files[manifest.file])
    throw refused(
      label,
      `${OWN_CLASSIFIER_FILE} gives no sha256 of ${manifest.file}. “simplebits models seal” writes them`,
    )
  return { manifest, sha256: hashOf(bytes) }
}

function parseManifest(bytes: Uint8Array, label: string): OwnManifest {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw refused(label, `${OWN_CLASSIFIER_FILE} is not valid JSON`, cause)
  }
  const parsed = ownManifest.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = issuesOf(parsed.error, 'the whole').join('; ')
  throw refused(label, `${OWN_CLASSIFIER_FILE} is not as agreed (${problems})`)
}

/**
 * The files that a manifest names, with their hashes checked.
 * @throws SimpleBitsError MODEL_CORRUPT naming the file
 */
export async function readOwnFiles(
  folder: string,
  manifest: OwnManifest,
  label: string,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [path, expected] of Object.entries(manifest.files)) {
    const bytes = await readFile(join(folder, path)).catch((cause: unknown) => {
      throw refused(label, `${path} cannot be read`, cause)
    })
    if (hashOf(bytes) !== expected)
      throw refused(
        label,
        `${path} is not the file that ${OWN_CLASSIFIER_FILE} names: its sha256 differs, it was changed or damaged`,
      )
    files.set(path, Uint8Array.from(bytes))
  }
  return files
}

function refused(label: string, why: string, cause?: unknown): SimpleBitsError {
  return new SimpleBitsError('MODEL_CORRUPT', `${label} was refused: ${why}.`, { cause })
}
