import { SimpleBitsError, type FilmHeader, type ModelInput } from '../../contract'
import { requireConfirmation } from '../domain/suitability'
import type { FilmPlace, FilmSource } from '../ports'

/** Films that are read and handed on together: enough to keep the decoder and the network busy, few enough for memory. */
const CHUNK = 32

/** A film as the model sees it, or why it cannot be. */
export type FilmOutcome =
  | { readonly file: string; readonly header: FilmHeader; readonly input: ModelInput; readonly error: null }
  | { readonly file: string; readonly error: SimpleBitsError }

export interface ReadOptions {
  /** The user has confirmed that films which are no chest radiographs may go to the model. */
  readonly confirmed: boolean
  readonly signal: AbortSignal
  /** Where a file's bytes lie, where that is not the file itself. */
  readonly placeOf?: (file: string) => FilmPlace
  /** Told of each file when it has been read, or could not be. */
  readonly onRead?: (file: string) => void
}

/**
 * Reads files in chunks, in order; while one chunk is worked on, the next is being read. Ends when the signal aborts. A
 * broken file is an outcome, not an exception.
 */
export async function* readInChunks(
  films: FilmSource,
  files: readonly string[],
  options: ReadOptions,
): AsyncGenerator<FilmOutcome[]> {
  const readChunk = (start: number) =>
    Promise.all(files.slice(start, start + CHUNK).map((file) => readForModel(films, file, options)))
  let next = readChunk(0)
  for (let start = 0; start < files.length && !options.signal.aborted; start += CHUNK) {
    const chunk = await next
    next = readChunk(start + CHUNK)
    if (!options.signal.aborted) yield chunk
  }
}

async function readForModel(films: FilmSource, file: string, options: ReadOptions): Promise<FilmOutcome> {
  try {
    const { header, input } = await films.readInput(options.placeOf?.(file) ?? file, options.signal)
    requireConfirmation(header, options.confirmed)
    return { file, header, input, error: null }
  } catch (error) {
    return { file, error: SimpleBitsError.from(error) }
  } finally {
    if (!options.signal.aborted) options.onRead?.(file)
  }
}
