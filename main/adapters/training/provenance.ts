import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export function sha256Hex(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** One file of the data folder's `nih/`, for a manifest. */
export async function hashedFile(data: string, name: string, use: string) {
  return { name, sha256: sha256Hex(await readFile(join(data, 'nih', name))), use }
}

/** A folder of pictures below `nih/`, hashed as one: all files by name. */
export async function hashedPictures(data: string, name: string) {
  const hash = createHash('sha256')
  for (const picture of (await readdir(join(data, 'nih', name))).sort())
    hash.update(await readFile(join(data, 'nih', name, picture)))
  const use = 'pictures; demonstration patients left out'
  return { name: `${name}/ (all files by name)`, sha256: hash.digest('hex'), use }
}
