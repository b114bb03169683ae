import { SimpleBitsError, type FilmHeader, type ModelInput } from '../../contract'
import { modelInput } from '../domain/modelInput'
import { requireConfirmation } from '../domain/suitability'
import type { FilmSource } from '../ports'

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
    const film = await films.read(file, options.signal)
    requireConfirmation(film.header, options.confirmed)
    return { file, header: film.header, input: modelInput(film), error: null }
  } catch (error) {
    return { file, error: SimpleBitsError.from(error) }
  }
}
