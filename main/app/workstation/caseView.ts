import {
  BUNDLED_FLOW,
  FILM_FRAME,
  SimpleBitsError,
  type CallResult,
  type CaseDetail,
  type CaseId,
  type FilmPixels,
  type FrameView,
  type InstantEstimate,
  type KeyImage,
  type Settings,
  type StoredFinding,
} from '../../../contract'
import { detailOfFrame } from '../../domain/auditRecord'
import { displayPicture } from '../../domain/displayPicture'
import { buildCaseReport, reportFileName } from '../../domain/report'
import { forReport, marksVisibleTo } from '../../domain/review'
import { requireConfirmation } from '../../domain/suitability'
import { REPORTED_DRAWS } from '../../engine/reportedDraws'
import type { StoredAudit } from '../../ports'
import type { OpenFilms, Worklist } from '../worklist'
import type { AuditDesk } from './auditDesk'
import type { WorkstationDeps } from './deps'

interface Rooms {
  readonly deps: WorkstationDeps
  readonly worklist: Worklist
  readonly films: OpenFilms
  readonly desk: AuditDesk
}

/** What the window asks about one case: its film, its frames, its report. */
export class CaseView {
  /** The audit looked at last: moving along the way asks for its frames one by one. */
  private last: { readonly id: CaseId; readonly createdAt: string; readonly audit: StoredAudit } | null = null

  constructor(private readonly at: Rooms) {}

  async open(id: CaseId): Promise<CaseDetail> {
    const { deps, worklist, films } = this.at
    await worklist.judgeDocuments(id)
    const { film, input } = await films.get(worklist.get(id))
    const { threshold } = await deps.classifiers.inUse.get()
    return {
      summary: worklist.summary(id),
      header: film.header,
      pixelsUrl: `app://film/${id}`,
      pixelType: pixelTypeOf(film.pixels),
      modelInput: { record: input.record, pixels: input.pixels },
      threshold,
      audit: await deps.store.auditRecord(id),
      notes: await deps.store.notes(id),
    }
  }

  /** Stored pixel values, little-endian, row-major. */
  async pixels(id: CaseId): Promise<Uint8Array<ArrayBuffer>> {
    const { film } = await this.at.films.get(this.at.worklist.get(id))
    const { buffer, byteOffset, byteLength } = film.pixels
    return buffer instanceof ArrayBuffer
      ? new Uint8Array(buffer, byteOffset, byteLength)
      : Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength))
  }

  /** Picture and map of one stop; −1 is the film, whose map is measured now where no audit has done it. */
  async frame(id: CaseId, frame: number): Promise<FrameView> {
    const running = this.at.desk.frame(id, frame)
    if (running) return running
    const audit = await this.audit(id)
    if (frame === FILM_FRAME) return this.film(id, audit)
    if (!audit || frame >= audit.frames.count)
      throw new SimpleBitsError('BAD_REQUEST', 'The audit has no such picture.')
    const size = audit.originalMap.length
    const { pictures, maps } = audit.frames
    const detail = detailOfFrame(audit.frames, frame)
    return {
      frame,
      picture: pictures.slice(frame * size, (frame + 1) * size),
      map: maps.slice(frame * size, (frame + 1) * size),
      ...(detail ? { detail } : {}),
    }
  }

  /**
   * The instant estimate of a film's counterpart; null where no simplifier was made for these models.
   *
   * @throws SimpleBitsError WRONG_MODALITY for a film that has to be confirmed and was not yet audited
   */
  async instant(id: CaseId): Promise<InstantEstimate | null> {
    const { deps, worklist, films } = this.at
    const stored = worklist.get(id)
    requireConfirmation(stored, worklist.summary(id).audit !== null)
    const { input } = await films.get(stored)
    const { name } = await deps.classifiers.inUse.get()
    return deps.engine.call('instant', { model: name, flow: BUNDLED_FLOW, picture: input.pixels })
  }

  /** The store's audit was changed under the same date. */
  forgetAudit(): void {
    this.last = null
  }

  /** Asks where to, then writes the PDF; null where the user cancelled. */
  async exportReport(
    id: CaseId,
    choice: { identification: Settings['identification']; reader: string },
  ): Promise<CallResult<'exportReport'>> {
    const { deps, worklist, films } = this.at
    await this.audited(id)
    const suggestedName = reportFileName(worklist.get(id).sha256, choice.identification)
    const path = await deps.dialogs.saveFile({ suggestedName })
    if (path === null) return null
    // The dialog may stand open for long: what is reported is what is stored when it closes.
    const stored = worklist.get(id)
    const audit = await this.audited(id)
    const { film } = await films.get(stored)
    const report = buildCaseReport({
      ...audit,
      ...choice,
      header: film.header,
      film: displayPicture(film),
      reportLabel: stored.reportLabel,
      ...reportedWords(choice.reader, await deps.store.findings(id), await deps.store.notes(id)),
      keyImages: await this.reportedKeyImages(id, choice.reader),
      createdAt: deps.clock.now().toISOString(),
      productVersion: deps.product.version,
    })
    const sha256 = await deps.reports.write(report, path)
    await deps.store.saveReport(id, { path, writtenAt: report.createdAt, sha256 })
    return { path }
  }

  /** As far as the reader may see them, as findings are; all where nobody is named. */
  private async reportedKeyImages(id: CaseId, reader: string): Promise<readonly KeyImage[]> {
    const { store } = this.at.deps
    const marks = await store.marks(id)
    if (!marks || reader === '') return marks?.keyImages ?? []
    return marksVisibleTo(reader, marks, await store.findings(id)).keyImages
  }

  private async film(id: CaseId, audit: StoredAudit | null): Promise<FrameView> {
    const { deps, worklist, films } = this.at
    const { input } = await films.get(worklist.get(id))
    if (audit) return filmView(input.pixels, audit)
    const params = { flow: BUNDLED_FLOW, pictures: input.pixels, count: 1, noiseDraws: REPORTED_DRAWS }
    const { rows } = await deps.engine.call('bits', params)
    const [row] = rows
    if (!row) throw new SimpleBitsError('INTERNAL', 'The engine did not measure the film.')
    return { frame: FILM_FRAME, picture: input.pixels, map: row.map }
  }

  /** @throws SimpleBitsError BAD_REQUEST where the film has no audit */
  private async audited(id: CaseId): Promise<StoredAudit> {
    const audit = await this.audit(id)
    if (!audit)
      throw new SimpleBitsError('BAD_REQUEST', 'This film has no audit yet. Audit it first, then export the report.')
    return audit
  }

  private async audit(id: CaseId): Promise<StoredAudit | null> {
    const createdAt = this.at.worklist.summary(id).audit?.createdAt
    if (createdAt === undefined) return null
    if (this.last?.id === id && this.last.createdAt === createdAt) return this.last.audit
    const audit = await this.at.deps.store.audit(id)
    if (audit) this.last = { id, createdAt, audit }
    return audit
  }
}

function filmView(picture: Uint8Array, { originalMap: map, flatMap }: StoredAudit): FrameView {
  return { frame: FILM_FRAME, picture, map, ...(flatMap ? { flatMap } : {}) }
}

/** Findings as far as the reader may see them; older notes where nobody has written a finding. */
function reportedWords(reader: string, all: readonly StoredFinding[], notes: string) {
  const findings = forReport(reader, all)
  return { findings, notes: findings.length === 0 ? notes : '' }
}

function pixelTypeOf(pixels: FilmPixels): CaseDetail['pixelType'] {
  if (pixels instanceof Uint8Array) return 'uint8'
  if (pixels instanceof Int8Array) return 'int8'
  return pixels instanceof Uint16Array ? 'uint16' : 'int16'
}
