import {
  SimpleBitsError,
  type AuditRecord,
  type CaseId,
  type CaseStatus,
  type CaseSummary,
  type StoredFinding,
  type WorkstationEvent,
} from '../../../contract'
import { queuesOf, readersWhoGave, wrongness } from '../../domain/review'
import type { CaseStore, StoredCase } from '../../ports'
import { isSameFilm } from './sameFilm'

interface Entry {
  stored: StoredCase
  audit: CaseSummary['audit']
  /** Readers who have given a finding. */
  readBy: readonly string[]
  alarm: CaseSummary['alarm']
  /** What is being done with it right now; null where nothing is. */
  activity: 'reading' | 'queued' | 'auditing' | null
}

/** What queues depend on beside the case itself. */
export interface ReviewRules {
  readonly reader: string
  /** Of the classifier in use; null where it is not known yet. */
  readonly threshold: number | null
}

/** The cases in memory: the one place that says what the window shows of each. Every change is saved, then told. */
export class Worklist {
  private readonly entries = new Map<CaseId, Entry>()
  private rules: ReviewRules = { reader: '', threshold: null }

  constructor(
    private readonly store: CaseStore,
    private readonly tell: (event: WorkstationEvent) => void,
  ) {}

  async load(): Promise<void> {
    for (const stored of await this.store.listCases()) {
      const record = await this.store.auditRecord(stored.id)
      const readBy = readersWhoGave(await this.store.findings(stored.id))
      this.entries.set(stored.id, {
        readBy,
        stored,
        audit: record && auditLine(record),
        alarm: record?.zones?.alarm ?? null,
        activity: null,
      })
    }
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

  /** All of them or none. */
  async add(all: readonly StoredCase[], activity: Entry['activity']): Promise<void> {
    await this.store.saveCases(all)
    for (const stored of all) {
      this.entries.set(stored.id, { stored, audit: null, alarm: null, readBy: [], activity })
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
      this.entry(stored.id).stored = stored
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
    if (rules.reader === this.rules.reader && rules.threshold === this.rules.threshold) return
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
    this.entry(id)
    await this.store.removeCase(id)
    this.entries.delete(id)
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

function summaryOf({ stored, audit, alarm, readBy, activity }: Entry, { reader, threshold }: ReviewRules): CaseSummary {
  const { decision, reportLabel } = stored
  const { sex, age, view, studyDate, patientKey } = stored.identity
  const given = reader === '' ? readBy.length > 0 : readBy.includes(reader)
  const facts = { decision, reportLabel, audited: audit !== null, alarm: alarm?.raised ?? false, given }
  return {
    id: stored.id,
    file: stored.file,
    bundled: stored.bundled,
    status: statusOf({ stored, audit, activity }),
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
    warnings: stored.warnings,
  }
}

function statusOf({ stored, audit, activity }: Pick<Entry, 'stored' | 'audit' | 'activity'>): CaseStatus {
  if (activity !== null) return activity
  if (stored.error !== null) return 'failed'
  if (audit !== null) return 'audited'
  return stored.decision === null ? 'new' : 'ready'
}
