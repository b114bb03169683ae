import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { CaseId, FrameView, PathPoint, Progress, WireError, WorkstationEvent } from '../../contract'

/** What has come in of an audit that is running: enough to watch it before its record exists. */
interface LiveAudit {
  readonly original: {
    readonly bits: number
    readonly bpd: number
    readonly probability: number
    readonly matchingDistance: number
  } | null
  readonly flatBits: number
  readonly flatMap: FrameView['map'] | null
  readonly threshold: number
  readonly originalMap: FrameView['map'] | null
  readonly points: readonly PathPoint[]
  readonly frames: ReadonlyMap<number, FrameView>
  /** Whether its pictures have taken the instant estimate's place. */
  readonly usable: boolean
  readonly progress: Progress | null
  readonly cancelling: boolean
}

/** Before the first event of its stream. */
export const justQueued: LiveAudit = {
  original: null,
  flatBits: 0,
  flatMap: null,
  threshold: 0.5,
  originalMap: null,
  points: [],
  frames: new Map(),
  usable: false,
  progress: null,
  cancelling: false,
}

type AuditStreamEvent = Extract<WorkstationEvent, { type: 'auditStarted' | 'auditPoint' | 'auditProgress' }>

/** The state after one event of the stream; pure, so that a whole audit can be replayed in a test. */
export function afterEvent(audit: LiveAudit, event: AuditStreamEvent): LiveAudit {
  if (event.type === 'auditProgress') return { ...audit, progress: event.progress }
  if (event.type === 'auditStarted') {
    const { original, flatBits, flatMap, threshold, originalMap } = event
    return { ...justQueued, original, flatBits, flatMap, threshold, originalMap, cancelling: audit.cancelling }
  }
  const frames = new Map(audit.frames).set(event.frame.frame, event.frame)
  return { ...audit, points: [...audit.points, event.point], frames, usable: audit.usable || event.usable }
}

/** Audits that run or wait, by case; an entry goes when the audit is done, failed or its case removed. */
export const useLiveAudits = defineStore('liveAudits', () => {
  const byCase = shallowReactive(new Map<CaseId, LiveAudit>())
  const failures = shallowReactive(new Map<CaseId, WireError>())

  function begin(caseId: CaseId): void {
    failures.delete(caseId)
    byCase.set(caseId, justQueued)
  }

  function take(event: AuditStreamEvent): void {
    if (event.type === 'auditStarted') failures.delete(event.caseId)
    byCase.set(event.caseId, afterEvent(byCase.get(event.caseId) ?? justQueued, event))
  }

  function markCancelling(caseId: CaseId): void {
    const audit = byCase.get(caseId)
    if (audit) byCase.set(caseId, { ...audit, cancelling: true })
  }

  /** Another classifier decides from now on: its estimates are none of what the audits that have begun look for. */
  function leaveEstimates(): void {
    for (const [caseId, audit] of byCase) if (audit.original) byCase.set(caseId, { ...audit, usable: true })
  }

  function end(caseId: CaseId, error: WireError | null = null): void {
    byCase.delete(caseId)
    if (error) failures.set(caseId, error)
    else failures.delete(caseId)
  }

  return { byCase, failures, begin, take, markCancelling, leaveEstimates, end }
})
