import { basename } from 'node:path'
import { SimpleBitsError, type Explanation, type ModelName, type Progress, type WireError } from '../../../contract'
import { modelInput } from '../../domain/modelInput'
import { requireConfirmation } from '../../domain/suitability'
import type { Engine, FilmSource } from '../../ports'

export interface ExplainFilesRequest {
  /** Files or folders. */
  readonly paths: readonly string[]
  readonly model: ModelName
  readonly flow: ModelName
  readonly seed: number
  readonly confirmed: boolean
  readonly signal: AbortSignal
  readonly onProgress: (
    film: { readonly index: number; readonly total: number; readonly name: string },
    progress: Progress,
  ) => void
}

type ExplainedFile =
  { readonly file: string; readonly explanation: Explanation } | { readonly file: string; readonly error: WireError }

/**
 * All methods and all checks, the searches included, film by film. The same film under another name or header (the same
 * picture for the model) is passed over: it would count twice. Ends when the signal aborts; a film that was cut off is left out.
 */
export async function* explainFiles(
  { engine, films }: { readonly engine: Engine; readonly films: FilmSource },
  request: ExplainFilesRequest,
): AsyncGenerator<ExplainedFile> {
  const { files } = await films.discover(request.paths, request.signal)
  const { model, flow, seed, signal } = request
  const seen = new Set<string>()
  for (const [index, file] of files.entries()) {
    if (signal.aborted) return
    const place = { index, total: files.length, name: basename(file) }
    try {
      const film = await films.read(file, signal)
      requireConfirmation(film.header, request.confirmed)
      const { pixels: picture } = modelInput(film)
      const key = Buffer.from(picture).toString('base64')
      if (seen.has(key)) continue
      seen.add(key)
      const explanation = await engine.call(
        'explain',
        { model, flow, picture, keptMap: null, keptDetail: null, seed, searches: true },
        {
          signal,
          onEvent: (event) => {
            if (event.kind === 'progress') request.onProgress(place, event.progress)
          },
        },
      )
      if (explanation.stopped === 'cancelled') return
      yield { file, explanation }
    } catch (error) {
      const known = SimpleBitsError.from(error)
      yield { file, error: known.toWire() }
      if (known.code === 'ENGINE_DIED') await engine.restart()
    }
  }
}
