import {
  mustBeConfirmed,
  SimpleBitsError,
  type BatchState,
  type CallParams,
  type CaseId,
  type Progress,
  type Tell,
  type WorkstationEvent,
} from '../../../../contract'
import { secondsLeft } from '../../../domain/review'
import type { Clock, Engine } from '../../../ports'
import type { Worklist } from '../../worklist'
import type { AuditDesk } from '../auditDesk'

type Request = CallParams<'reviewBatchStart'>

interface Rooms {
  readonly desk: AuditDesk
  readonly worklist: Worklist
  readonly engine: Engine
  readonly clock: Clock
  readonly tell: Tell
}

/** A film that takes the engine with it this often is left as failed, so that it cannot hold up the others for ever. */
const MOST_DEATHS = 2

/**
 * Audits the films of a queue one after the other, behind whatever the user starts meanwhile. Each is handed to the audit
 * desk when the one before has ended; where the engine dies, its film is handed in again and waits with the rest.
 */
export class BatchDesk {
  private batch: BatchState | null = null
  private readonly finished: number[] = []
  private waiting = 0
  /** When the running audit began, ms since 1970; null where none runs. */
  private began: number | null = null
  private progress: Progress | null = null
  private readonly stopListening: () => void

  constructor(private readonly at: Rooms) {
    this.stopListening = at.engine.onState(({ state }) => {
      if (this.batch?.state === 'running' && state === 'dead') this.change({ state: 'waiting' })
      if (this.batch?.state === 'waiting' && state === 'ready') this.change({ state: 'running' })
    })
  }

  state(): BatchState | null {
    return this.batch
  }

  /** @throws SimpleBitsError BAD_REQUEST where a queue is being audited already */
  start(request: Request): void {
    if (this.isActive()) throw new SimpleBitsError('BAD_REQUEST', 'A queue is being audited already. Stop it first.')
    const { queue, preset, caseIds } = request
    const counts = { total: caseIds.length, done: 0, failed: 0, skipped: 0, current: null, secondsLeft: null }
    this.finished.length = 0
    this.batch = { state: this.at.engine.state().state === 'dead' ? 'waiting' : 'running', queue, preset, ...counts }
    void this.run(request)
  }

  stop(now: boolean): void {
    if (!this.batch || !this.isActive()) return
    const { current } = this.batch
    const isRunning =
      current !== null && this.at.worklist.has(current) && this.at.worklist.activity(current) === 'auditing'
    this.change({ state: 'stopping' })
    if (current !== null && (now || !isRunning)) this.at.desk.cancel(current)
  }

  /** Listens to the stream of events for when the running audit began and how far it is. */
  take(event: WorkstationEvent): void {
    const current = this.batch?.current
    if (event.type === 'case' && event.summary.id === current && event.summary.status === 'auditing')
      this.began ??= this.now()
    if (event.type !== 'auditProgress' || event.caseId !== current) return
    this.progress = event.progress
    this.change({})
  }

  close(): void {
    this.stopListening()
    if (this.batch) this.batch = { ...this.batch, state: 'stopped' }
  }

  private async run(request: Request): Promise<void> {
    this.waiting = request.caseIds.length
    for (const caseId of request.caseIds) {
      if (this.batch?.state === 'stopping' || this.batch?.state === 'stopped') break
      this.waiting -= 1
      const outcome = this.isAuditable(caseId) ? await this.audit(caseId, request) : 'skipped'
      const count = this.batch?.[outcome] ?? 0
      this.change({ current: null, [outcome]: count + 1 })
    }
    this.change({ state: this.batch?.state === 'stopping' ? 'stopped' : 'finished', current: null })
  }

  private isAuditable(caseId: CaseId): boolean {
    const { worklist } = this.at
    if (!worklist.has(caseId) || worklist.activity(caseId) !== null) return false
    // It has an audit, though not one that this version can show.
    if (worklist.unread(caseId).includes('audit')) return false
    return !mustBeConfirmed(worklist.get(caseId).warnings)
  }

  private async audit(caseId: CaseId, { preset, objective, seed }: Request): Promise<'done' | 'failed' | 'skipped'> {
    for (let deaths = 0; deaths < MOST_DEATHS; deaths++) {
      this.began = null
      this.progress = null
      this.change({ current: caseId })
      if (!this.isAuditable(caseId)) return 'skipped'
      const error = await this.at.desk.start({ caseId, preset, objective, seed, repeat: false, confirmed: false })
      if (error === null) {
        if (this.began !== null) this.finished.push((this.now() - this.began) / 1000)
        return 'done'
      }
      if (error.code === 'CANCELLED') return 'skipped'
      if (error.code !== 'ENGINE_DIED' || this.batch?.state === 'stopping') return 'failed'
    }
    return 'failed'
  }

  private isActive(): boolean {
    const state = this.batch?.state
    return state === 'running' || state === 'waiting' || state === 'stopping'
  }

  private change(change: Partial<BatchState>): void {
    if (!this.batch || this.batch.state === 'stopped') return
    const { finished, waiting, began, progress } = this
    const running = began === null ? null : (this.now() - began) / 1000
    const left = secondsLeft({ finished, running, runningLeft: progress?.secondsLeft ?? null, waiting })
    this.batch = { ...this.batch, secondsLeft: left, ...change }
    this.at.tell({ type: 'reviewBatch', batch: this.batch })
  }

  private now(): number {
    return this.at.clock.now().getTime()
  }
}
