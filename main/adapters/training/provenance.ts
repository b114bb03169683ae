import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOfFiles } from '../files'

export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** One file of the data folder's `nih/`, for a manifest. */
export async function hashedFile(data: string, name: string, use: string) {
  return { name, sha256: await hashOfFiles([join(data, 'nih', name)]), use }
}

/** A folder of pictures below `nih/`, hashed as one: all files by name. */
export async function hashedPictures(data: string, name: string) {
  const folder = join(data, 'nih', name)
  const pictures = (await readdir(folder)).sort().map((picture) => join(folder, picture))
  const use = 'pictures; demonstration patients left out'
  return { name: `${name}/ (all files by name)`, sha256: await hashOfFiles(pictures), use }
}
