import type { Film } from '../../../contract'
import { decipher } from '../cipher'
import { hashOf } from '../files'
import { failure } from './failures'
import { fileBytes } from './fileBytes'
import { readDicom } from './readDicom'
import { isJpeg, readJpeg } from './readJpeg'
import { isPng, readPng } from './readPng'

/**
 * Reads a DICOM, PNG or JPEG file on the calling thread; the kind is told by content, not by name. Behind `DecodePool`.
 * @throws SimpleBitsError with the reason
 */
export async function readFilm(path: string, key: Uint8Array | null = null): Promise<Film> {
  const bytes = await fileBytes(path)
  return filmFromBytes(key === null ? bytes : decipher(bytes, key))
}

/** The film that a file's bytes hold. */
export async function filmFromBytes(content: Uint8Array): Promise<Film> {
  // A Buffer's slice() is a view of it where a Uint8Array's is a copy; decoders count on the copy.
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength)
  if (bytes.length === 0) throw failure('NOT_AN_IMAGE', 'This file is empty.')
  const hash = hashOf(bytes)
  if (isPng(bytes)) return readPng(bytes, hash)
  if (isJpeg(bytes)) return readJpeg(bytes, hash)
  return readDicom(bytes, hash)
}
