import { basename, join } from 'node:path'
import {
  bitScale,
  MODEL_SIZE,
  SimpleBitsError,
  type AuditEvent,
  type AuditRecord,
  type AuditRestriction,
  type ErrorCode,
  type Film,
  type ModelName,
  type WireError,
} from '../../contract'
import { framesOf } from '../domain/auditRecord'
import { summarise, summaryRow, type AuditSummary, type SummaryRow } from '../domain/auditSummary'
import { safeName, uniqueName } from '../domain/caseNames'
import { displayPicture } from '../domain/displayPicture'
import { modelInput } from '../domain/modelInput'
import { buildCaseReport } from '../domain/report'
import { requireConfirmation } from '../domain/suitability'
import { markdownTable, summaryCells } from '../domain/summaryTable'
import type { Engine, FilmSource, LabelSource, PictureWriter, ReportWriter, ResultFiles } from '../ports'
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

interface FinishedFile {
  readonly file: string
  readonly folder: string
  readonly record: AuditRecord
  readonly row: SummaryRow
  /** The case is written, but without the further tests that were asked for. */
  readonly testsFailed: WireError | null
}

export type AuditedFile = FinishedFile | { readonly file: string; readonly error: WireError }

/** Failures that no other film would escape: they end the whole call. */
const CONCERNS_ALL: ReadonlySet<ErrorCode> = new Set(['BACKEND_UNAVAILABLE', 'MODEL_NOT_FOUND', 'MODEL_CORRUPT'])

/**
 * Audits films one after the other, each into its own folder under `out`. A film that fails is a row, not an exception;
 * an engine that dies costs its film only. Aborted, it keeps what the running audit has and ends.
 */
export async function auditFiles(
  deps: AuditFilesDeps,
  request: AuditFilesRequest,
): Promise<{ skipped: number; unusedLabels: readonly string[]; rows: AsyncGenerator<AuditedFile> }> {
  if (request.tests.fresh) await requireFresh(deps.engine, request.tests.fresh)
  const { files, skipped } = await deps.films.discover(request.paths)
  const { labels, unused } = deps.labels.labelsOf(files)
  const labelled = files.map((file) => ({ file, label: labels.get(file) ?? null }))
  return { skipped, unusedLabels: unused, rows: auditAll(deps, labelled, request) }
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
  const taken = new Set<string>()
  for (const [index, { file, label }] of files.entries()) {
    if (request.signal.aborted) return
    const name = uniqueName(safeName(basename(file)), taken)
    const audited = await auditOne(deps, { file, label, index, total: files.length, name }, request).catch(
      (error: unknown) => ({ file, error: costOfOne(error) }),
    )
    yield audited
    const failure = 'error' in audited ? audited.error : audited.testsFailed
    if (failure?.code === 'ENGINE_DIED') await deps.engine.restart()
  }
}

/** @throws SimpleBitsError what concerns all films */
function costOfOne(error: unknown): WireError {
  const known = SimpleBitsError.from(error)
  if (CONCERNS_ALL.has(known.code)) throw known
  return known.toWire()
}

interface Place {
  readonly file: string
  readonly label: SummaryRow['label']
  readonly index: number
  readonly total: number
  readonly name: string
}

async function auditOne(deps: AuditFilesDeps, place: Place, request: AuditFilesRequest): Promise<FinishedFile> {
  const { file, label, name } = place
  const film = await deps.films.read(file, request.signal)
  requireConfirmation(film.header, request.confirmed)
  const input = modelInput(film)
  const audited = await auditFilm(
    deps,
    { file, film, input, choice: request.choice, restriction: request.restriction ?? null },
    { signal: request.signal, onEvent: (event) => request.onEvent(place, event) },
  )
  const { result } = audited
  const { record, testsFailed } = await testedRecord(
    deps.engine,
    { ...audited, picture: input.pixels, tests: request.tests },
    { signal: request.signal, onProgress: (progress) => request.onEvent(place, { kind: 'progress', progress }) },
  )
  const folder = join(request.out, name)
  await writeCase(deps, folder, { film, record, result, label })
  return { file, folder, record, row: summaryRow(name, record, label), testsFailed }
}

interface FinishedCase extends Awaited<ReturnType<typeof auditFilm>> {
  readonly film: Film
  readonly label: SummaryRow['label']
}

async function writeCase(deps: AuditFilesDeps, folder: string, finished: FinishedCase): Promise<void> {
  const { film, record, result, label } = finished
  const shown = displayPicture(film)
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
