import {
  RESEARCH_USE_ONLY,
  type AuditFrames,
  type AuditRecord,
  type AuditResult,
  type FilmHeader,
  type ModelInput,
  type RecordedRestriction,
  type ZoneReport,
} from '../../contract'

/** What an audit was made of, beside what the engine found. */
interface AuditedFilm {
  /** The file's name, without its folder. */
  readonly file: string
  readonly header: FilmHeader
  readonly input: ModelInput
  readonly createdAt: string
  readonly productVersion: string
  readonly zones: ZoneReport
  readonly restriction: RecordedRestriction | null
  /** What speaks against a chest film in the picture itself. */
  readonly chestDoubt: string | null
}

/** audit.json of one finished or cancelled audit. */
export function auditRecordOf(result: AuditResult, film: AuditedFilm): AuditRecord {
  return {
    schema: 'simplebits.audit/1',
    ...result.outcome,
    warnings: [
      ...result.outcome.warnings,
      ...film.header.warnings.map(({ message }) => message),
      ...(film.chestDoubt === null ? [] : [film.chestDoubt]),
    ],
    createdAt: film.createdAt,
    input: { file: film.file, sha256: film.header.sha256, modelInput: film.input.record },
    model: result.model,
    ...(result.own ? { own: result.own } : {}),
    flow: result.flow,
    backend: result.backend,
    zones: film.zones,
    ...(film.restriction ? { restriction: film.restriction } : {}),
    versions: { simplebits: film.productVersion, ...result.versions },
    researchUseOnly: RESEARCH_USE_ONLY,
  }
}

/** The way's pictures and maps, by frame. */
export function framesOf({ pictures, maps, details, simplifiedPicture }: AuditResult): AuditFrames {
  return { count: pictures.length / simplifiedPicture.length, pictures, maps, details }
}

/** Share of the film's detail that one stop has left, 255 all of it [128 · 128]; absent in audits of earlier versions. */
export function detailOfFrame({ count, details }: AuditFrames, frame: number): Uint8Array | undefined {
  if (details === null || frame < 0 || frame >= count) return undefined
  const pixels = details.length / count
  return details.slice(frame * pixels, (frame + 1) * pixels)
}
