import type { ModelName, WireError } from '../../../contract'
import { REPORTED_DRAWS } from '../../engine/reportedDraws'
import type { Engine, FilmSource } from '../../ports'
import { readInChunks, type FilmOutcome, type ReadOptions } from '../readFilms'

export interface FilesRequest extends ReadOptions {
  /** Files or folders. */
  readonly paths: readonly string[]
  readonly onProgress: (done: number, total: number) => void
}

/** A row for every file, in order, as they come: what was measured, or why it could not be. */
interface MeasuredFiles<Row> {
  /** Files in folders that are no images. */
  readonly skipped: number
  readonly rows: AsyncGenerator<
    ({ readonly file: string } & Row) | { readonly file: string; readonly error: WireError }
  >
}

interface ClassifiedFile {
  readonly probability: number
  readonly decision: boolean
  readonly threshold: number
}

interface Deps {
  readonly engine: Engine
  readonly films: FilmSource
}

/** Probability and decision of any number of files, and the threshold at and above which the decision is yes. */
export function classifyFiles(
  { engine, films }: Deps,
  request: FilesRequest & { readonly model: ModelName },
): Promise<MeasuredFiles<ClassifiedFile>> {
  return measureFiles(films, request, async (pictures, count) => {
    const { rows, threshold } = await engine.call(
      'classify',
      { model: request.model, pictures, count },
      { signal: request.signal },
    )
    return rows.map(({ probability, decision }) => ({ probability, decision, threshold }))
  })
}

/** Bits, bits per dimension and the sum of the bit map of any number of files. */
export function bitsOfFiles(
  { engine, films }: Deps,
  request: FilesRequest & { readonly flow: ModelName },
): Promise<MeasuredFiles<{ readonly bits: number; readonly bpd: number; readonly sumOfMap: number }>> {
  return measureFiles(films, request, async (pictures, count) => {
    const params = { flow: request.flow, pictures, count, noiseDraws: REPORTED_DRAWS }
    const { rows } = await engine.call('bits', params, { signal: request.signal })
    return rows.map(({ bits, bpd, sumOfMap }) => ({ bits, bpd, sumOfMap }))
  })
}

type Measure<Row> = (pictures: Uint8Array, count: number) => Promise<Row[]>

async function measureFiles<Row>(
  films: FilmSource,
  request: FilesRequest,
  measure: Measure<Row>,
): Promise<MeasuredFiles<Row>> {
  const { files, skipped } = await films.discover(request.paths, request.signal)
  return { skipped, rows: measureInChunks(films, { ...request, files }, measure) }
}

async function* measureInChunks<Row>(
  films: FilmSource,
  request: FilesRequest & { readonly files: readonly string[] },
  measure: Measure<Row>,
): MeasuredFiles<Row>['rows'] {
  let done = 0
  for await (const chunk of readInChunks(films, request.files, request)) {
    const sound = chunk.flatMap((outcome) => (outcome.error === null ? [outcome] : []))
    const rows = sound.length === 0 ? [] : await measure(sideBySide(sound), sound.length)
    const measured = new Map(sound.map(({ file }, i) => [file, rows[i]]))
    for (const outcome of chunk) {
      const row = measured.get(outcome.file)
      if (outcome.error !== null) yield { file: outcome.file, error: outcome.error.toWire() }
      else if (row) yield { file: outcome.file, ...row }
    }
    done += chunk.length
    request.onProgress(done, request.files.length)
  }
}

/** Pictures one after the other, as the engine takes them. */
function sideBySide(sound: readonly Extract<FilmOutcome, { error: null }>[]): Uint8Array {
  const size = sound[0]?.input.pixels.length ?? 0
  const pictures = new Uint8Array(sound.length * size)
  sound.forEach(({ input }, i) => pictures.set(input.pixels, i * size))
  return pictures
}
