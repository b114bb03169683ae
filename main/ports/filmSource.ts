import type { Film } from '../../contract'

/** Where films come from: files on disk, read away from the caller's thread. */
export interface FilmSource {
  /**
   * Reads one DICOM, PNG or JPEG file.
   * @throws SimpleBitsError with the reason; CANCELLED where `signal` was aborted first
   */
  read(path: string, signal?: AbortSignal): Promise<Film>

  /** Lists the candidate files behind files and folders, in a stable order; which of them are films shows in `read`. */
  discover(paths: readonly string[]): Promise<DiscoveredFiles>

  /** Ends the workers; reads under way fail with CANCELLED. */
  close(): Promise<void>
}

export interface DiscoveredFiles {
  readonly files: readonly string[]
  /** Files inside folders that are plainly no images (text, archives, DICOMDIR …). */
  readonly skipped: number
}
