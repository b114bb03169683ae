import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { modelManifest } from '../../../contract'
import { hashOfFiles } from '../files'

/** What a manifest says of a model beside its files. */
export type ManifestFields = Omit<z.input<typeof modelManifest>, 'files'>
/** A file or folder of data as manifests name it. */
export type HashedData = ManifestFields['data'][number]

export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** One file of the data folder's `nih/`, for a manifest. */
export async function hashedFile(data: string, name: string, use: string): Promise<HashedData> {
  return { name, sha256: await hashOfFiles([join(data, 'nih', name)]), use }
}

/** A folder of pictures below `nih/`, hashed as one: all files by name. */
export async function hashedPictures(data: string, name: string): Promise<HashedData> {
  const folder = join(data, 'nih', name)
  const pictures = (await readdir(folder)).sort().map((picture) => join(folder, picture))
  const use = 'pictures; demonstration patients left out'
  return { name: `${name}/ (all files by name)`, sha256: await hashOfFiles(pictures), use }
}
