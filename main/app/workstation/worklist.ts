import { isDeepStrictEqual } from 'node:util'
import {
  SimpleBitsError,
  type AuditRecord,
  type CaseId,
  type CaseStatus,
  type CaseSummary,
  type Sha256,
  type StoredFinding,
  type WorkstationEvent,
} from '../../../contract'
import { queuesOf, readersWhoGave, wrongness } from '../../domain/review'
import { isConfirmed } from '../../domain/suitability'
import type { CaseStore, LeftOutFilm, StoredCase, UnreadPart } from '../../ports'
import { isSameFilm } from './sameFilm'
import { unreadWarning } from './unreadWarning'

interface Entry {
  stored: StoredCase
  audit: CaseSummary['audit']
  /** Readers who have given a finding. */
  readBy: readonly string[]
  alarm: CaseSummary['alarm']
  /** Of which the store holds something that cannot be read. */
  unread: readonly UnreadPart[]
  /** What is being done with it right now; null where nothing is. */
  activity: 'reading' | 'queued' | 'auditing' | null
}

/** What queues depend on beside the case itself. */
export interface ReviewRules {
  readonly reader: string
  /** Of the classifier in use; null where it is not known yet. */
  readonly threshold: number | null
  /** Its weights: what others have said of a film is not shown. */
  readonly classifier: Sha256 | null
}

/** The cases in memory: the one place that says what the window shows of each. Every change is saved, then told. */
export class Worklist {
  private readonly entries = new Map<CaseId, Entry>()
  private readonly leftOut: LeftOutFilm[] = []
  private rules: ReviewRules = { reader: '', threshold: null, classifier: null }

  constructor(
    private readonly store: CaseStore,
    private readonly tell: (event: WorkstationEvent) => void,
  ) {}

  async load(): Promise<void> {
    for (const stored of await this.store.listCases((film) => this.leftOut.push(film))) {
      const { record, findings, unread } = await this.store.overview(stored.id)
      this.entries.set(stored.id, {
        ...{ stored, unread, activity: null },
        readBy: readersWhoGave(findings),
        audit: record && auditLine(record),
        alarm: record?.zones?.alarm ?? null,
      })
    }
  }

  /** How many films the store holds that cannot be read: they are not in the list. */
  countLeftOut(): number {
    return this.leftOut.length
  }

  /** @throws SimpleBitsError FILE_UNREADABLE where the store holds this film and cannot read it */
  refuseLeftOut({ id, sha256 }: StoredCase): void {
    if (!this.leftOut.some((film) => film.id === id || film.sha256 === sha256)) return
    throw new SimpleBitsError(
      'FILE_UNREADABLE',
      'The store holds this film already, but cannot read what it holds of it. That stays as it is; a newer version of the program may be able to read it.',
    )
  }

  all(): CaseSummary[] {
    return [...this.entries.values()].map((entry) => summaryOf(entry, this.rules))
  }

  stored(): StoredCase[] {
    return [...this.entries.values()].map(({ stored }) => stored)
  }

  /** @throws SimpleBitsError CASE_NOT_FOUND */
  get(id: CaseId): StoredCase {
    return this.entry(id).stored
  }

  summary(id: CaseId): CaseSummary {
    return summaryOf(this.entry(id), this.rules)
  }

  /** The case of the same film (`isSameFilm`). */
  sameFilm(film: StoredCase): StoredCase | null {
    return this.stored().find((stored) => isSameFilm(stored, film)) ?? null
  }

  activity(id: CaseId): Entry['activity'] {
    return this.entry(id).activity
  }

  unread(id: CaseId): Entry['unread'] {
    return this.entry(id).unread
  }

  /** All of them or none. */
  async add(all: readonly StoredCase[], activity: Entry['activity']): Promise<void> {
    await this.store.saveCases(all)
    for (const stored of all) {
      this.entries.set(stored.id, { stored, audit: null, alarm: null, readBy: [], unread: [], activity })
      this.told(stored.id)
    }
  }

  async change(id: CaseId, change: Partial<StoredCase>): Promise<CaseSummary> {
    await this.changeAll(new Map([[id, change]]))
    return this.summary(id)
  }

  /** All of them or none. */
  async changeAll(changes: ReadonlyMap<CaseId, Partial<StoredCase>>): Promise<void> {
    const changed = [...changes].map(([id, change]) => ({ ...this.get(id), ...change }))
    await this.store.saveCases(changed)
    for (const stored of changed) {
      const entry = this.entries.get(stored.id)
      if (!entry) continue
      entry.stored = stored
      this.told(stored.id)
    }
  }

  /** A case that was removed meanwhile is passed over: what was done with it no longer matters. */
  setActivity(id: CaseId, activity: Entry['activity']): void {
    const entry = this.entries.get(id)
    if (!entry) return
    entry.activity = activity
    this.told(id)
  }

  audited(id: CaseId, record: AuditRecord): void {
    const entry = this.entries.get(id)
    if (!entry) return
    entry.audit = auditLine(record)
    entry.alarm = record.zones?.alarm ?? null
    this.told(id)
  }

  /** Another reader or classifier: every case may stand in other queues. */
  setRules(change: Partial<ReviewRules>): void {
    const rules = { ...this.rules, ...change }
    if (isDeepStrictEqual(rules, this.rules)) return
    this.rules = rules
    for (const id of this.entries.keys()) this.told(id)
  }

  /** The case's findings have changed. */
  read(id: CaseId, findings: readonly StoredFinding[]): void {
    const entry = this.entries.get(id)
    if (!entry) return
    entry.readBy = readersWhoGave(findings)
    this.told(id)
  }

  has(id: CaseId): boolean {
    return this.entries.has(id)
  }

  async remove(id: CaseId): Promise<void> {
    const entry = this.entry(id)
    // First: what is found out about the case meanwhile must not save it again.
    this.entries.delete(id)
    await this.store.removeCase(id).catch((error: unknown) => {
      this.entries.set(id, entry)
      throw error
    })
    this.tell({ type: 'caseRemoved', caseId: id })
  }

  private told(id: CaseId): CaseSummary {
    const summary = this.summary(id)
    this.tell({ type: 'case', summary })
    return summary
  }

  private entry(id: CaseId): Entry {
    const entry = this.entries.get(id)
    if (entry) return entry
    throw new SimpleBitsError('CASE_NOT_FOUND', 'This case is no longer in the worklist.')
  }
}

function auditLine(record: AuditRecord): CaseSummary['audit'] {
  return {
    bitsLeft: record.simplified.bits / record.original.bits,
    aboveFlat: record.simplified.aboveFlat,
    decisionKept: record.decisionKept,
    createdAt: record.createdAt,
    classifier: record.model.sha256,
    flow: record.flow.sha256,
    whole: record.stopped === 'finished' && !record.restriction,
  }
}

function summaryOf(entry: Entry, { reader, threshold, classifier }: ReviewRules): CaseSummary {
  const { stored, audit, alarm, readBy, unread } = entry
  const { reportLabel } = stored
  const decision = stored.decision?.model === classifier ? stored.decision : null
  const { sex, age, view, studyDate, patientKey } = stored.identity
  const given = reader === '' ? readBy.length > 0 : readBy.includes(reader)
  const audited = audit !== null || unread.includes('audit')
  const counted = isConfirmed(stored.warnings, audited) ? decision : null
  const facts = { decision: counted, reportLabel, audited, alarm: alarm?.raised ?? false, given }
  return {
    id: stored.id,
    file: stored.file,
    bundled: stored.bundled,
    status: statusOf(entry, decision !== null),
    patientLine: stored.patientLine,
    title: stored.title,
    ...{ sex, age, view, studyDate, patientKey },
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

function statusOf({ stored, audit, activity }: Entry, decided: boolean): CaseStatus {
  if (activity !== null) return activity
  if (stored.error !== null) return 'failed'
  if (audit !== null) return 'audited'
  return decided ? 'ready' : 'new'
}
