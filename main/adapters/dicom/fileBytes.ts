import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { SimpleBitsError } from '../../../contract'
import { failure } from './failures'

const MB = 1024 * 1024
/** A single uncompressed film has at most some 100 MB. */
const MAX_FILE_BYTES = 512 * MB

/**
 * What a file holds, as long as it is when it is opened. Links are followed. Nothing but a file is opened: a pipe may never
 * answer, a device never end.
 *
 * @throws SimpleBitsError NOT_AN_IMAGE, TOO_LARGE, FILE_NOT_FOUND or FILE_UNREADABLE
 */
export async function fileBytes(path: string, most = MAX_FILE_BYTES): Promise<Uint8Array> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) throw await folderFailure(path)
    if (!facts.isFile()) throw failure('NOT_AN_IMAGE', 'This is a device or a pipe, not a file that could hold a film.')
    if (facts.size > most)
      throw failure('TOO_LARGE', `The file is larger than any film or index of films (over ${most / MB} MB).`)
    const file = await open(path)
    try {
      return await firstBytes(file, facts.size)
    } finally {
      await file.close()
    }
  } catch (cause) {
    if (cause instanceof SimpleBitsError) throw cause
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw failure('FILE_NOT_FOUND', 'There is no such file. It may have been moved.', cause)
    throw failure('FILE_UNREADABLE', 'The file cannot be opened. Check its permissions and the disk.', cause)
  }
}

/** A folder in the place of a film; one that cannot be listed comes from looking for films, and hides those in it. */
const folderFailure = (path: string): Promise<SimpleBitsError> =>
  readdir(path).then(
    () => failure('NOT_AN_IMAGE', 'This is a folder, not a film.'),
    (cause: unknown) =>
      failure('FILE_UNREADABLE', 'This folder cannot be read, nor any film in it. Check its permissions.', cause),
  )

async function firstBytes(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let there = 0
  while (there < length) {
    const { bytesRead } = await file.read(bytes, there, length - there, there)
    if (bytesRead === 0) break
    there += bytesRead
  }
  return bytes.subarray(0, there)
}
