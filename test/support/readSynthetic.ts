import type { Film } from '../../contract'
import { filmFromBytes } from '../../main/adapters/dicom/readFilm'
import { syntheticFilm, writeDicom, type DicomElements, type DicomOptions } from './dicomWriter'

export type Changes = Readonly<Record<string, DicomElements[string] | null>>

/** Writes and reads a 2 × 2 film of 16 bits, changed as given. */
export function readChanged(changes: Changes, options: DicomOptions & { pixels?: number[] } = {}): Promise<Film> {
  const pixels = Uint16Array.from(options.pixels ?? [0, 100, 200, 300])
  return filmFromBytes(writeDicom(syntheticFilm(pixels, { width: 2, height: 2 }, changes), options))
}
