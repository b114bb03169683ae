import type { Sha256 } from '../../contract'

/** The folders that audits of files are written into. */
export interface CaseFolders {
  /**
   * Makes the folder of all results.
   * @throws SimpleBitsError WRITE_FAILED where nothing can be written there, or no case has room
   */
  ready(out: string): Promise<void>
  /** Hash of the film that the case in a folder is of; null where there is no whole case. */
  filmOf(folder: string): Promise<Sha256 | null>
  /**
   * What lies there is no whole case any more, until its record is written.
   * @throws SimpleBitsError WRITE_FAILED; what lay there stays where no case has room
   */
  begin(folder: string): Promise<void>
  /** Takes away what was written of a case that did not become whole. */
  drop(folder: string): Promise<void>
  /** Whether a file is a picture that an audit left beside its record. */
  isResult(file: string): Promise<boolean>
}
