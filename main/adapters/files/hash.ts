import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sha256, type Sha256 } from '../../../contract'

/** sha256 of bytes, or of a text in UTF-8. */
export function hashOf(content: Uint8Array | string): Sha256 {
  return sha256.parse(createHash('sha256').update(content).digest('hex'))
}

/** sha256 of files as if they were one, in this order. */
export async function hashOfFiles(paths: readonly string[]): Promise<Sha256> {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(await readFile(path))
  return sha256.parse(hash.digest('hex'))
}
