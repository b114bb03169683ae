import type { Film, FilmHeader, ModelInput } from '../../contract'

/** Where a film's bytes lie: in a file as it is, or in one that was enciphered with this key (32 bytes). */
export interface FilmPlace {
  readonly path: string
  readonly key: Uint8Array | null
}

/** Where films come from: files on disk, read away from the caller's thread. */
export interface FilmSource {
  /**
   * Reads one DICOM, PNG or JPEG file.
   * @throws SimpleBitsError with the reason; CANCELLED where `signal` was aborted first
   */
  read(place: string | FilmPlace, signal?: AbortSignal): Promise<Film>

  /** As the model sees it, worked out where the film is decoded: its pixels never come to the caller's thread. */
  readInput(place: string | FilmPlace, signal?: AbortSignal): Promise<FilmInput>

  /**
   * Lists the candidate files behind files, folders and DICOMDIRs, in a stable order; which are films shows in `read`. A folder that
   * cannot be listed is among them. Where `signal` aborts, it ends with what it has found.
   */
  discover(paths: readonly string[], signal?: AbortSignal): Promise<DiscoveredFiles>

  /** Ends the workers; reads under way fail with CANCELLED. */
  close(): Promise<void>
}

export interface FilmInput {
  readonly header: FilmHeader
  readonly input: ModelInput
}

export interface DiscoveredFiles {
  readonly files: readonly string[]
  /**
   * What lies in folders and is plainly no image (text, archives, DICOMDIR …), pictures that a DICOMDIR there does not name, and links
   * to folders, which are not followed.
   */
  readonly skipped: number
}
