import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SimpleBitsError } from '../../../contract'

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never ends where the system answers ENOENT below a
 * folder that is there, as /proc does: it would occupy the process for ever.
 *
 * @throws SimpleBitsError WRITE_FAILED
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return
  const above = dirname(folder)
  if (above !== folder) await makeFolder(above)
  try {
    await mkdir(folder)
  } catch (cause) {
    // Somebody else may have made it meanwhile.
    if (await isFolder(folder)) return
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `The folder “${folder}” could not be made (${reason}). Name another one, or see that the folder above it is not write-protected.`
    throw new SimpleBitsError('WRITE_FAILED', message, { cause })
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}
