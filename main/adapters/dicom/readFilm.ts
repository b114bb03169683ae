import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { sha256 as sha256Schema, type Film } from '../../../contract'
import { decipher } from '../cipher'
import { failure } from './failures'
import { readDicom } from './readDicom'
import { isJpeg, readJpeg } from './readJpeg'
import { isPng, readPng } from './readPng'

/** A single uncompressed film has at most some 100 MB. */
const MAX_FILE_BYTES = 512 * 1024 * 1024

/**
 * Reads a DICOM, PNG or JPEG file on the calling thread; the kind is told by content, not by name. Behind `DecodePool`.
 * @throws SimpleBitsError with the reason
 */
export async function readFilm(path: string, key: Uint8Array | null = null): Promise<Film> {
  const bytes = await bytesOf(path)
  return filmFromBytes(key === null ? bytes : decipher(bytes, key))
}

/** The film that a file's bytes hold. */
export async function filmFromBytes(fileBytes: Uint8Array): Promise<Film> {
  // A Buffer's slice() is a view of it where a Uint8Array's is a copy; decoders count on the copy.
  const bytes = new Uint8Array(fileBytes.buffer, fileBytes.byteOffset, fileBytes.byteLength)
  if (bytes.length === 0) throw failure('NOT_AN_IMAGE', 'This file is empty.')
  const hash = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
  if (isPng(bytes)) return readPng(bytes, hash)
  if (isJpeg(bytes)) return readJpeg(bytes, hash)
  return readDicom(bytes, hash)
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) throw failure('NOT_AN_IMAGE', 'This is a folder, not a film.')
    if (facts.size > MAX_FILE_BYTES)
      throw failure('TOO_LARGE', 'The file is larger than any single film (over 512 MB).')
    return await readFile(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null
    if (code === 'NOT_AN_IMAGE' || code === 'TOO_LARGE') throw cause
    if (code === 'ENOENT') throw failure('FILE_NOT_FOUND', 'There is no such file. It may have been moved.', cause)
    throw failure('FILE_UNREADABLE', 'The file cannot be opened. Check its permissions and the disk.', cause)
  }
}
