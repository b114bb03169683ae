import { wrongness, type AuditRecord, type CaseStatus, type CaseSummary, type ModelAnswer } from '../../../contract'
import { isAuditOf, isDecisionOf, type DecidingClassifier } from '../../domain/decidingClassifier'
import { queuesOf } from '../../domain/review'
import { isConfirmed } from '../../domain/suitability'
import type { StoredCase, UnreadPart } from '../../ports'
import { unreadWarning } from './unreadWarning'

/** A case in memory. */
export interface WorklistEntry {
  stored: StoredCase
  audit: AuditLine | null
  /** Readers who have given a finding. */
  readBy: readonly string[]
  /** Of the audit, whichever classifier that is about. */
  alarm: CaseSummary['alarm']
  /** Of which the store holds something that cannot be read. */
  unread: readonly UnreadPart[]
  /** What is being done with it right now; null where nothing is. */
  activity: 'reading' | 'queued' | 'auditing' | null
}

/** What stands of an audit in the worklist, before it is held against the classifier in use. */
type AuditLine = Omit<NonNullable<CaseSummary['audit']>, 'ofClassifierInUse'>

/** What queues depend on beside the case itself. */
export interface ReviewRules {
  readonly reader: string
  /** In use; null where it is not known yet. What others have said of a film, or were audited for, does not count. */
  readonly classifier: DecidingClassifier | null
}

export function auditLine(record: AuditRecord): AuditLine {
  return {
    bitsLeft: record.simplified.bits / record.original.bits,
    aboveFlat: record.simplified.aboveFlat,
    decisionKept: record.decisionKept,
    createdAt: record.createdAt,
    classifier: record.model.sha256,
    threshold: record.threshold,
    flow: record.flow.sha256,
    whole: record.stopped === 'finished' && !record.restriction,
    stoppedEarly: record.stopped === 'cancelled',
    preset: record.preset,
    objective: record.objective,
  }
}

/** Whether what is said of the film counts. Whoever an audit is about, somebody has confirmed the film before it. */
export function isEntryConfirmed({ stored, audit, unread }: WorklistEntry): boolean {
  return isConfirmed(stored.warnings, audit !== null || unread.includes('audit'))
}

/** What the window shows of a case. */
export function caseSummaryOf(entry: WorklistEntry, { reader, classifier }: ReviewRules): CaseSummary {
  const { stored, readBy, unread } = entry
  const { reportLabel } = stored
  const threshold = classifier?.threshold ?? null
  const decision = decisionBy(stored, classifier)
  const { sex, age, view, studyDate, patientKey } = stored.identity
  const given = reader === '' ? readBy.length > 0 : readBy.includes(reader)
  const audit = entry.audit && {
    ...entry.audit,
    ofClassifierInUse: classifier !== null && isAuditOf(entry.audit, classifier),
  }
  const ofToday = audit?.ofClassifierInUse ?? false
  const alarm = ofToday ? entry.alarm : null
  const counted = isEntryConfirmed(entry) ? decision : null
  const audited = ofToday || unread.includes('audit')
  const facts = { decision: counted, reportLabel, audited, alarm: alarm?.raised ?? false, given }
  return {
    id: stored.id,
    file: stored.file,
    bundled: stored.bundled,
    status: statusOf(entry, { audited: ofToday, decided: decision !== null }),
    patientLine: stored.patientLine,
    title: stored.title,
    sex,
    age,
    view,
    studyDate,
    patientKey,
    reportLabel,
    probability: decision?.probability ?? null,
    decision: decision?.present ?? null,
    misclassified: decision && reportLabel ? decision.present !== (reportLabel === 'effusion') : null,
    thumbnail: stored.thumbnail,
    audit,
    readBy: [...readBy],
    queues: queuesOf(facts, threshold),
    wrongness: wrongness(facts, threshold),
    alarm,
    error: stored.error,
    warnings: [...stored.warnings, ...unreadWarning(unread)],
  }
}

/** What the classifier in use says of the film, as a reader sees it; null where nobody was asked. */
export function modelAnswerOf(stored: StoredCase, classifier: DecidingClassifier | null): ModelAnswer | null {
  const decision = decisionBy(stored, classifier)
  if (!decision || !classifier) return null
  const { name, sha256, threshold } = classifier
  const { probability, present } = decision
  return { name, sha256, probability, present, threshold }
}

function decisionBy({ decision }: StoredCase, classifier: DecidingClassifier | null): StoredCase['decision'] {
  return decision && classifier && isDecisionOf(decision, classifier) ? decision : null
}

function statusOf(
  { stored, activity }: WorklistEntry,
  is: { readonly audited: boolean; readonly decided: boolean },
): CaseStatus {
  if (activity !== null) return activity
  if (stored.error !== null) return 'failed'
  if (is.audited) return 'audited'
  return is.decided ? 'ready' : 'new'
}
