import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import {
  BUNDLED_CLASSIFIER,
  caseId,
  patientKey,
  type CallResult,
  type CaseId,
  type FilmIdentity,
  type PatientKey,
  type ReportLabel,
  type Sha256,
  type WorkstationEvent,
} from '../../../contract'
import { areaAverage } from '../../domain/areaAverage'
import { caseIdentity } from '../../domain/caseIdentity'
import { safeName } from '../../domain/caseNames'
import { caseTitle, patientLine } from '../../domain/patientLine'
import type { StoredCase } from '../../ports'
import { readInChunks, type FilmOutcome } from '../readFilms'
import type { WorkstationDeps } from './deps'
import type { Worklist } from './worklist'

type SoundFilm = Extract<FilmOutcome, { error: null }>
type ImportResult = CallResult<'importFiles'>

const THUMBNAIL = 64

export interface ImportContext {
  readonly deps: WorkstationDeps
  readonly worklist: Worklist
  readonly tell: (event: WorkstationEvent) => void
  readonly signal: AbortSignal
}

/**
 * Reads files and folders into the worklist and asks the classifier about them. A film that is there already (same bytes, or
 * same SOP instance) is only counted. Where the engine does not answer, the films come in without a decision and are asked about later.
 */
export async function importFilms(
  context: ImportContext,
  paths: readonly string[],
  bundledLabels?: ReadonlyMap<string, ReportLabel | null>,
): Promise<ImportResult> {
  const { deps, worklist, tell, signal } = context
  const { files } = await deps.films.discover(paths)
  const result: ImportResult = { added: [], alreadyThere: 0, failed: [] }
  let done = 0
  // A CT slice may come in: its warning stands in the worklist and is asked about before an audit.
  for await (const chunk of readInChunks(deps.films, files, { confirmed: true, signal })) {
    const fresh: { id: CaseId; film: SoundFilm }[] = []
    for (const outcome of chunk) {
      tell({ type: 'import', done: ++done, total: files.length, file: basename(outcome.file) })
      if (outcome.error !== null) {
        result.failed.push({ file: outcome.file, error: outcome.error.toWire() })
        continue
      }
      const { sha256, identity } = outcome.header
      const known = worklist.sameFilm({ sha256, sopInstanceUid: identity.sopInstanceUid })
      if (known) {
        result.alreadyThere++
        if (known.file !== outcome.file && known.bundled && known.sha256 === sha256)
          await worklist.change(known.id, { file: outcome.file })
        continue
      }
      const stored = storedCaseOf(deps, outcome, bundledLabels)
      await worklist.add(stored, 'reading')
      result.added.push(stored.id)
      fresh.push({ id: stored.id, film: outcome })
    }
    await classifyCases(context, fresh)
  }
  return result
}

/** Asks the classifier about films whose cases lack its word, or have it from other weights than today's. */
export async function classifyOutstanding(context: ImportContext): Promise<void> {
  const { deps, worklist, signal } = context
  const { sha256 } = await deps.models.describe(BUNDLED_CLASSIFIER)
  const outstanding = worklist.stored().filter((stored) => stored.decision?.model !== sha256)
  const byFile = new Map(outstanding.map((stored) => [stored.file, stored.id]))
  for await (const chunk of readInChunks(deps.films, [...byFile.keys()], { confirmed: true, signal })) {
    const readable = chunk.flatMap((film) => {
      const id = byFile.get(film.file)
      return film.error === null && id ? [{ id, film }] : []
    })
    await classifyCases(context, readable)
  }
}

async function classifyCases(context: ImportContext, cases: readonly { id: CaseId; film: SoundFilm }[]): Promise<void> {
  const { deps, worklist, signal } = context
  if (cases.length === 0) return
  try {
    const size = cases[0]?.film.input.pixels.length ?? 0
    const pictures = new Uint8Array(cases.length * size)
    cases.forEach(({ film }, i) => pictures.set(film.input.pixels, i * size))
    const model: Sha256 = (await deps.models.describe(BUNDLED_CLASSIFIER)).sha256
    const params = { model: BUNDLED_CLASSIFIER, pictures, count: cases.length }
    const { rows } = await deps.engine.call('classify', params, { signal })
    for (const [i, { id }] of cases.entries()) {
      const row = rows[i]
      if (row && worklist.has(id))
        await worklist.change(id, { decision: { probability: row.probability, present: row.decision, model } })
    }
  } catch (error) {
    deps.log.warn({ problem: String(error) }, 'imported films could not be classified now')
  } finally {
    for (const { id } of cases)
      if (worklist.has(id) && worklist.activity(id) === 'reading') worklist.setActivity(id, null)
  }
}

function storedCaseOf(
  { clock, pictures }: WorkstationDeps,
  { file, header, input }: SoundFilm,
  bundledLabels: ReadonlyMap<string, ReportLabel | null> | undefined,
): StoredCase {
  const name = basename(file)
  const side = Math.round(Math.sqrt(input.pixels.length))
  const small = areaAverage(input.pixels, { width: side, height: side }, { width: THUMBNAIL, height: THUMBNAIL })
  const png = pictures.encodeGrey({ width: THUMBNAIL, height: THUMBNAIL, pixels: Uint8Array.from(small, Math.round) })
  return {
    id: caseId.parse(`${safeName(name)}-${header.sha256.slice(0, 8)}`),
    file,
    sha256: header.sha256,
    bundled: bundledLabels?.has(file) ?? false,
    addedAt: clock.now().toISOString(),
    title: caseTitle(header.identity, name),
    patientLine: patientLine(header.identity),
    identity: caseIdentity(header.identity, patientKeyOf(header.identity)),
    reportLabel: bundledLabels?.get(file) ?? null,
    decision: null,
    thumbnail: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    warnings: header.warnings,
    error: null,
  }
}

/** The id's hash: films of one patient find each other without it. A name is no id: two patients may share it. */
function patientKeyOf({ patientId }: FilmIdentity): PatientKey | null {
  return patientId ? patientKey.parse(createHash('sha256').update(patientId).digest('hex')) : null
}
