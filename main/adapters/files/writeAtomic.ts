import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SimpleBitsError } from '../../../contract'
import { makeFolder } from './makeFolder'

let written = 0

/**
 * Writes a whole file or nothing: into a neighbour of the target, flushed to the disk, then renamed over it. An older
 * file of that name stays until the new one is complete. Missing folders are made.
 *
 * @throws SimpleBitsError WRITE_FAILED
 */
export async function writeAtomic(
  path: string,
  content: Uint8Array | string,
  { mode }: { readonly mode?: number } = {},
): Promise<void> {
  const folder = dirname(path)
  const neighbour = join(folder, `.${basename(path)}.${process.pid}-${written++}.part`)
  await makeFolder(folder)
  try {
    const file = await open(neighbour, 'w', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(neighbour, path)
  } catch (cause) {
    await rm(neighbour, { force: true }).catch(() => undefined) // The folder itself may be what is wrong.
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SimpleBitsError(
      'WRITE_FAILED',
      `“${basename(path)}” could not be written (${reason}). Check that the folder exists, is not write-protected and has room.`,
      { cause },
    )
  }
}
