import { join } from 'node:path'
import {
  MODEL_SIZE,
  SimpleBitsError,
  type AuditEvent,
  type AuditRecord,
  type AuditRestriction,
  type ErrorCode,
  type ModelName,
  type WireError,
} from '../../../contract'
import { summaryRow, type SummaryRow } from '../../domain/auditSummary'
import { modelInput } from '../../domain/modelInput'
import { requireConfirmation } from '../../domain/suitability'
import type { CaseFolders, Engine, FilmSource, LabelSource } from '../../ports'
import { abortWith } from '../abortWith'
import { testedRecord, type TestChoice } from '../explain'
import { auditFilm, type AuditChoice, type AuditFilmDeps } from '../auditFilm'
import { caseName, SUMMARY_FILES, writeCase, type CaseWriting } from './writeCase'

interface AuditFilesDeps extends AuditFilmDeps, CaseWriting {
  readonly films: FilmSource
  readonly labels: LabelSource
}

export interface AuditFilesRequest {
  readonly paths: readonly string[]
  readonly out: string
  readonly choice: AuditChoice
  /** Which part of each film may be simplified; absent or null: all of it. */
  readonly restriction?: AuditRestriction | null
  /** Further tests of each audit. */
  readonly tests: TestChoice
  readonly confirmed: boolean
  readonly signal: AbortSignal
  readonly onEvent: (
    file: { readonly index: number; readonly total: number; readonly name: string },
    event: AuditEvent,
  ) => void
}

interface FinishedFile {
  readonly file: string
  readonly folder: string
  readonly record: AuditRecord
  readonly row: SummaryRow
  /** The case is written, but without the further tests that were asked for. */
  readonly testsFailed: WireError | null
}

export type AuditedFile = FinishedFile | { readonly file: string; readonly error: WireError }

/** Failures that no other film would escape. One that costs the engine is not among them: the next film gets a new one. */
const ENDS_THE_CALL: ReadonlySet<ErrorCode> = new Set(['BACKEND_UNAVAILABLE', 'MODEL_NOT_FOUND', 'MODEL_CORRUPT'])

/**
 * Audits films one after the other, each into its own folder under `out`, where it is written while the engine is at the next one.
 * A film that fails is a row, not an exception; an engine that dies costs its film only. Aborted, it keeps what the running audit has and ends.
 */
export async function auditFiles(
  deps: AuditFilesDeps,
  request: AuditFilesRequest,
): Promise<{ skipped: number; unusedLabels: readonly string[]; rows: AsyncGenerator<AuditedFile> }> {
  await deps.folders.ready(request.out)
  if (request.tests.fresh) await requireFresh(deps.engine, request.tests.fresh)
  const found = await deps.films.discover(request.paths, request.signal)
  const files = await withoutResults(deps.folders, found.files, request.paths)
  const skipped = found.skipped + found.files.length - files.length
  const { labels, unused } = deps.labels.labelsOf(files)
  const labelled = files.map((file) => ({ file, label: labels.get(file) ?? null }))
  return { skipped, unusedLabels: unused, rows: auditAll(deps, labelled, request) }
}

/** A folder of films may hold the results of a former call: its pictures are no films, unless they were named. */
async function withoutResults(
  folders: CaseFolders,
  files: readonly string[],
  named: readonly string[],
): Promise<string[]> {
  const chosen = new Set(named)
  const results = await Promise.all(files.map((file) => !chosen.has(file) && folders.isResult(file)))
  return files.filter((_, i) => !results[i])
}

/** A second classifier that is not there, or that sees other pictures, must not cost an audit first. */
async function requireFresh(engine: Engine, model: ModelName): Promise<void> {
  try {
    await engine.call('classify', { model, pictures: new Uint8Array(MODEL_SIZE ** 2), count: 1 })
  } catch (cause) {
    const { code, message } = SimpleBitsError.from(cause)
    throw new SimpleBitsError(code, `The second classifier ${model} cannot be asked. ${message}`, { cause })
  }
}

async function* auditAll(
  deps: AuditFilesDeps,
  files: readonly Pick<Place, 'file' | 'label'>[],
  request: AuditFilesRequest,
): AsyncGenerator<AuditedFile> {
  const taken = new Set(SUMMARY_FILES)
  const { signal, end } = abortWith(request.signal)
  let writing: Promise<AuditedFile> | null = null
  try {
    for (const [index, { file, label }] of files.entries()) {
      if (signal.aborted) break
      const place = { file, label, index, total: files.length, taken }
      const auditing = auditOne(deps, place, { ...request, signal }).catch(SimpleBitsError.from)
      if (writing) yield* written(deps, request.out, writing)
      writing = null
      const audited = await auditing
      if (audited instanceof SimpleBitsError) yield { file, error: costOfOne(audited) }
      else writing = writeOne(deps, place, audited)
      const failure = audited instanceof SimpleBitsError ? audited : audited.testsFailed
      if (failure?.code === 'ENGINE_DIED') await deps.engine.restart()
    }
    if (writing) yield* written(deps, request.out, writing)
  } finally {
    // Where nobody waits for the next film any more, or it would find no room.
    end()
  }
}

/** @throws SimpleBitsError where the folder takes nothing any more: no other film's result would find room */
async function* written(
  { folders }: AuditFilesDeps,
  out: string,
  writing: Promise<AuditedFile>,
): AsyncGenerator<AuditedFile> {
  const row = await writing
  yield row
  if ('error' in row && row.error.code === 'WRITE_FAILED') await folders.ready(out)
}

/** @throws SimpleBitsError what concerns all films */
function costOfOne(error: SimpleBitsError): WireError {
  if (ENDS_THE_CALL.has(error.code)) throw error
  return error.toWire()
}

interface Place {
  readonly file: string
  readonly label: SummaryRow['label']
  readonly index: number
  readonly total: number
  /** Names of folders that this call has given. */
  readonly taken: Set<string>
}

interface AuditedOne extends Pick<Parameters<typeof writeCase>[2], 'film' | 'record' | 'result'> {
  readonly folder: string
  readonly row: SummaryRow
  readonly testsFailed: WireError | null
}

async function auditOne(deps: AuditFilesDeps, place: Place, request: AuditFilesRequest): Promise<AuditedOne> {
  const { file, label, index, total, taken } = place
  const film = await deps.films.read(file, request.signal)
  requireConfirmation(film.header, request.confirmed)
  const name = await caseName(deps.folders, { file, sha256: film.header.sha256 }, { out: request.out, taken })
  const tell = (event: AuditEvent) => request.onEvent({ index, total, name }, event)
  const input = modelInput(film)
  const audited = await auditFilm(
    deps,
    { file, film, input, choice: request.choice, restriction: request.restriction ?? null },
    { signal: request.signal, onEvent: tell },
  )
  const { result } = audited
  const { record, testsFailed } = await testedRecord(
    deps.engine,
    { ...audited, picture: input.pixels, tests: request.tests },
    { signal: request.signal, onProgress: (progress) => tell({ kind: 'progress', progress }) },
  )
  return { film, record, result, folder: join(request.out, name), row: summaryRow(name, record, label), testsFailed }
}

async function writeOne(
  deps: AuditFilesDeps,
  { file, label }: Place,
  { film, record, result, folder, row, testsFailed }: AuditedOne,
): Promise<AuditedFile> {
  try {
    await writeCase(deps, folder, { film, record, result, label })
    return { file, folder, record, row, testsFailed }
  } catch (error) {
    return { file, error: SimpleBitsError.from(error).toWire() }
  }
}
