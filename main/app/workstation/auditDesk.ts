import { isDeepStrictEqual } from 'node:util'
import PQueue from 'p-queue'
import {
  BUNDLED_FLOW,
  FILM_FRAME,
  faultOf,
  SimpleBitsError,
  USUAL_START,
  type AuditEvent,
  type AuditRecord,
  type CallParams,
  type CaseId,
  type FrameView,
  type ModelInput,
  type Tell,
  type Zones,
} from '../../../contract'
import { framesOf } from '../../domain/auditRecord'
import { zonedPicture } from '../../domain/zones'
import { auditFilm } from '../auditFilm'
import { zonedRecord, type OpenFilms, type Worklist } from '../worklist'
import type { WorkstationDeps } from './deps'

/** One audit that waits or runs. */
interface Job {
  readonly request: CallParams<'startAudit'>
  readonly abort: AbortController
  /** Frames so far, by index; −1 is the film's own map. */
  readonly frames: Map<number, FrameView>
  running: boolean
  readonly ended: (error: SimpleBitsError | null) => void
}

/** The queue in front of the engine: one audit at a time, in order. It waits while the engine is dead. */
export class AuditDesk {
  private readonly queue = new PQueue({ concurrency: 1 })
  private readonly jobs = new Map<CaseId, Job>()
  private readonly stopListening: () => void

  constructor(
    private readonly at: {
      deps: WorkstationDeps
      worklist: Worklist
      films: OpenFilms
      tell: Tell
    },
  ) {
    this.stopListening = at.deps.engine.onState(({ state }) => {
      if (state === 'dead') this.queue.pause()
      if (state === 'ready') this.queue.start()
    })
  }

  /**
   * @returns when it has ended: null, or why there is no result
   * @throws SimpleBitsError BAD_REQUEST where one is waiting or running for this case already
   */
  start(request: CallParams<'startAudit'>): Promise<SimpleBitsError | null> {
    const { caseId } = request
    if (this.jobs.has(caseId)) throw new SimpleBitsError('BAD_REQUEST', 'This film is being audited already.')
    return new Promise((ended) => {
      const job: Job = { request, abort: new AbortController(), frames: new Map(), running: false, ended }
      this.jobs.set(caseId, job)
      this.at.worklist.setActivity(caseId, 'queued')
      void this.queue.add(() => this.run(job))
    })
  }

  /** Ends a running audit early, which then keeps what it has; takes a waiting one out of the queue. */
  cancel(caseId: CaseId): void {
    const job = this.jobs.get(caseId)
    if (!job) return
    job.abort.abort()
    if (!job.running) this.end(job, new SimpleBitsError('CANCELLED', 'The audit was taken out of the queue.'))
  }

  /** A frame of an audit that is still running. */
  frame(caseId: CaseId, frame: number): FrameView | null {
    return this.jobs.get(caseId)?.frames.get(frame) ?? null
  }

  close(): void {
    this.stopListening()
    this.queue.clear()
    for (const { abort } of this.jobs.values()) abort.abort()
  }

  private async run(job: Job): Promise<void> {
    const { deps, worklist, films, tell } = this.at
    const { caseId, preset, objective, seed, repeat, restriction } = job.request
    if (job.abort.signal.aborted || !worklist.has(caseId)) return
    job.running = true
    worklist.setActivity(caseId, 'auditing')
    try {
      const models = { model: (await deps.classifiers.inUse.get()).name, flow: BUNDLED_FLOW }
      const choice = { preset, objective, seed, repeat, start: USUAL_START, ...models } as const
      const stored = worklist.get(caseId)
      const { film, input } = await films.get(stored)
      const zones = await deps.store.zones(caseId)
      const audited = await auditFilm(
        { ...deps, productVersion: deps.product.version },
        {
          file: stored.file,
          film,
          input,
          choice,
          restriction: restriction ?? null,
          zones,
        },
        { signal: job.abort.signal, onEvent: (event) => this.pass(job, event, input.pixels) },
      )
      if (!worklist.has(caseId)) return this.end(job, null)
      const record = await this.keep(caseId, audited, { zones, input })
      if (record === null)
        return this.end(
          job,
          new SimpleBitsError('CANCELLED', 'The audit was ended. The finished one before it is kept.'),
        )
      await worklist.change(caseId, { error: null })
      worklist.audited(caseId, record)
      this.end(job, null)
      tell({ type: 'auditDone', caseId, record })
    } catch (error) {
      // What fails because it was called off, the program's end among it, is no failure of the film's.
      const cancelled = job.abort.signal.aborted
      this.end(job, cancelled ? new SimpleBitsError('CANCELLED', 'The audit was ended.') : SimpleBitsError.from(error))
    }
  }

  /**
   * Saves the audit; its record then follows outlines that were corrected while it was made with these zones.
   *
   * @returns null where it was cut off and would take the place of a finished one
   */
  private async keep(
    caseId: CaseId,
    { record, result }: Awaited<ReturnType<typeof auditFilm>>,
    { zones, input }: { readonly zones: Zones | null; readonly input: ModelInput },
  ): Promise<AuditRecord | null> {
    const { store } = this.at.deps
    if (record.stopped === 'cancelled' && (await store.auditRecord(caseId))?.stopped === 'finished') return null
    const { originalMap, simplifiedMap, flatMap, simplifiedPicture, fineDetail } = result
    const maps = { originalMap, simplifiedMap, flatMap, simplifiedPicture, fineDetail }
    const audit = { record, frames: framesOf(result), ...maps }
    await store.saveAudit(caseId, audit)
    const corrected = await store.zones(caseId)
    if (isDeepStrictEqual(corrected, zones)) return record
    const zoned = zonedRecord(audit, zonedPicture({ pixels: input.pixels, box: input.record.box }, corrected))
    await store.changeRecord(caseId, zoned)
    return zoned
  }

  private pass(job: Job, event: AuditEvent, picture: Uint8Array): void {
    const { tell } = this.at
    const { caseId } = job.request
    if (event.kind === 'progress') return tell({ type: 'auditProgress', caseId, progress: event.progress })
    if (event.kind === 'point') {
      const { point, usable } = event
      const frame = toFrame(event)
      job.frames.set(frame.frame, frame)
      return tell({ type: 'auditPoint', caseId, point, frame, usable })
    }
    job.frames.set(FILM_FRAME, { frame: FILM_FRAME, picture, map: event.originalMap, flatMap: event.flatMap })
    tell({
      type: 'auditStarted',
      caseId,
      original: {
        bits: event.originalBits,
        bpd: event.originalBpd,
        probability: event.originalProbability,
        matchingDistance: event.originalMatchingDistance,
      },
      flatBits: event.flatBits,
      flatMap: event.flatMap,
      threshold: event.threshold,
      originalMap: event.originalMap,
    })
  }

  /** Clears the job and tells how it ended; an audit that was cancelled is no failure of the case. */
  private end(job: Job, error: SimpleBitsError | null): void {
    const { worklist, tell, deps } = this.at
    const { caseId } = job.request
    if (this.jobs.get(caseId) === job) this.jobs.delete(caseId)
    job.ended(error)
    if (!worklist.has(caseId)) return
    worklist.setActivity(caseId, null)
    if (!error) return
    tell({ type: 'auditFailed', caseId, error: error.toWire() })
    if (error.code === 'CANCELLED') return
    deps.log.error(faultOf(error), 'an audit failed')
    worklist.change(caseId, { error: error.toWire() }).catch((problem: unknown) => {
      deps.log.error(faultOf(problem), 'the failure could not be saved')
    })
  }
}

function toFrame({ point, picture, map, detail }: Extract<AuditEvent, { kind: 'point' }>): FrameView {
  return { frame: point.frame, picture, map, detail }
}
