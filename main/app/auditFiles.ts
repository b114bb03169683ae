import { basename, join } from 'node:path'
import {
  MODEL_SIZE,
  SimpleBitsError,
  type AuditEvent,
  type AuditRecord,
  type AuditRestriction,
  type ErrorCode,
  type Film,
  type ModelInput,
  type WireError,
} from '../../contract'
import { framesOf } from '../domain/auditRecord'
import { summarise, summaryRow, type AuditSummary, type SummaryRow } from '../domain/auditSummary'
import { safeName, uniqueName } from '../domain/caseNames'
import { bitScale } from '../domain/colourMap'
import { displayPicture } from '../domain/displayPicture'
import { modelInput } from '../domain/modelInput'
import { buildCaseReport } from '../domain/report'
import { requireConfirmation } from '../domain/suitability'
import { markdownTable, summaryCells } from '../domain/summaryTable'
import type { FilmSource, LabelSource, PictureWriter, ReportWriter, ResultFiles } from '../ports'
import { testedRecord, type TestChoice } from './explain'
import { auditFilm, mapTensors, type AuditChoice, type AuditFilmDeps } from './auditFilm'

export interface AuditFilesDeps extends AuditFilmDeps {
  readonly films: FilmSource
  readonly labels: LabelSource
  readonly pictures: PictureWriter
  readonly reports: ReportWriter
  readonly results: ResultFiles
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

export type AuditedFile =
  | { readonly file: string; readonly folder: string; readonly record: AuditRecord; readonly row: SummaryRow }
  | { readonly file: string; readonly error: WireError }

/** Failures that no other film would escape: they end the whole call. */
const CONCERNS_ALL: ReadonlySet<ErrorCode> = new Set(['BACKEND_UNAVAILABLE', 'MODEL_NOT_FOUND', 'MODEL_CORRUPT'])

/**
 * Audits films one after the other, each into its own folder under `out`. A film that fails is a row, not an exception;
 * an engine that dies costs its film only. Aborted, it keeps what the running audit has and ends.
 */
export async function auditFiles(
  deps: AuditFilesDeps,
  request: AuditFilesRequest,
): Promise<{ skipped: number; rows: AsyncGenerator<AuditedFile> }> {
  const { fresh } = request.tests
  // A second classifier that is not there must not cost an audit first.
  if (fresh) await deps.engine.call('classify', { model: fresh, pictures: new Uint8Array(), count: 0 })
  const { files, skipped } = await deps.films.discover(request.paths)
  return { skipped, rows: auditAll(deps, files, request) }
}

async function* auditAll(
  deps: AuditFilesDeps,
  files: readonly string[],
  request: AuditFilesRequest,
): AsyncGenerator<AuditedFile> {
  const taken = new Set<string>()
  for (const [index, file] of files.entries()) {
    if (request.signal.aborted) return
    const name = uniqueName(safeName(basename(file)), taken)
    try {
      yield await auditOne(deps, { file, index, total: files.length, name }, request)
    } catch (error) {
      const known = SimpleBitsError.from(error)
      if (CONCERNS_ALL.has(known.code)) throw known
      yield { file, error: known.toWire() }
      if (known.code === 'ENGINE_DIED') await deps.engine.restart()
    }
  }
}

interface Place {
  readonly file: string
  readonly index: number
  readonly total: number
  readonly name: string
}

async function auditOne(deps: AuditFilesDeps, place: Place, request: AuditFilesRequest): Promise<AuditedFile> {
  const { file, name } = place
  const film = await deps.films.read(file, request.signal)
  requireConfirmation(film.header, request.confirmed)
  const input = modelInput(film)
  const audited = await auditFilm(
    deps,
    { file, film, input, choice: request.choice, restriction: request.restriction ?? null },
    { signal: request.signal, onEvent: (event) => request.onEvent(place, event) },
  )
  const { result } = audited
  const record = await testedRecord(
    deps.engine,
    { ...audited, picture: input.pixels, tests: request.tests },
    { signal: request.signal, onProgress: (progress) => request.onEvent(place, { kind: 'progress', progress }) },
  )
  const label = deps.labels.labelOf({ file: basename(file), sha256: film.header.sha256 })
  const folder = join(request.out, name)
  await writeCase(deps, folder, { film, input, record, result, label })
  return { file, folder, record, row: summaryRow(name, record, label) }
}

interface FinishedCase extends Awaited<ReturnType<typeof auditFilm>> {
  readonly film: Film
  readonly input: ModelInput
  readonly label: SummaryRow['label']
}

async function writeCase(deps: AuditFilesDeps, folder: string, finished: FinishedCase): Promise<void> {
  const { film, input, record, result, label } = finished
  const shown = displayPicture(film, input.record)
  const simplified = { width: MODEL_SIZE, height: MODEL_SIZE, pixels: result.simplifiedPicture }
  const map = { map: result.simplifiedMap, scale: bitScale(result.originalMap), title: 'Bits kept' }
  const report = buildCaseReport({
    record,
    header: film.header,
    film: shown,
    originalMap: result.originalMap,
    simplifiedMap: result.simplifiedMap,
    simplifiedPicture: result.simplifiedPicture,
    frames: framesOf(result),
    reportLabel: label,
    notes: '',
    findings: [],
    reader: '',
    identification: 'pseudonym',
    createdAt: record.createdAt,
    productVersion: deps.productVersion,
  })
  await deps.results.text(join(folder, 'audit.json'), `${JSON.stringify(record, null, 2)}\n`)
  await deps.results.tensors(join(folder, 'maps.safetensors'), mapTensors(result))
  await deps.pictures.writeGrey(shown, join(folder, 'film.png'))
  await deps.pictures.writeGrey(simplified, join(folder, 'simplified.png'))
  await deps.pictures.writeBitMap(map, join(folder, 'bitmap.png'))
  await deps.reports.write(report, join(folder, 'report.pdf'))
}

/** summary.json and summary.md beside the cases. */
export async function writeSummary(
  results: ResultFiles,
  out: string,
  rows: readonly SummaryRow[],
): Promise<AuditSummary> {
  const summary = summarise(rows)
  await results.text(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
  await results.text(join(out, 'summary.md'), `${markdownTable(summaryCells(summary))}\n`)
  return summary
}
