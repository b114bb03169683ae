import { isDeepStrictEqual } from 'node:util'
import {
  SimpleBitsError,
  type AuditRecord,
  type CaseId,
  type CaseSummary,
  type ModelAnswer,
  type StoredFinding,
  type Tell,
} from '../../../contract'
import { readersWhoGave } from '../../domain/review'
import type { CaseStore, LeftOutFilm, StoredCase } from '../../ports'
import {
  auditLine,
  caseSummaryOf,
  isEntryConfirmed,
  modelAnswerOf,
  type ReviewRules,
  type WorklistEntry,
} from './caseSummaryOf'
import { FilmIndex } from './filmIndex'
import { inTurns } from './inTurns'
import { isSameFilm } from './sameFilm'

/** The cases in memory: the one place that says what the window shows of each. Every change is saved, then told. */
export class Worklist {
  private readonly entries = new Map<CaseId, WorklistEntry>()
  private readonly index = new FilmIndex()
  private readonly leftOut: LeftOutFilm[] = []
  /** Removals under way: a film that comes in again meanwhile would go with them. */
  private readonly leaving = new Set<Promise<void>>()
  private rules: ReviewRules = { reader: '', classifier: null }

  constructor(
    private readonly store: CaseStore,
    private readonly tell: Tell,
  ) {}

  async load(): Promise<void> {
    const cases = await this.store.listCases((film) => this.leftOut.push(film))
    for await (const stored of inTurns(cases)) {
      const { record, findings, unread } = await this.store.overview(stored.id)
      this.enter({
        stored,
        unread,
        activity: null,
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
    return [...this.entries.values()].map((entry) => caseSummaryOf(entry, this.rules))
  }

  stored(): StoredCase[] {
    return [...this.entries.values()].map(({ stored }) => stored)
  }

  /** @throws SimpleBitsError CASE_NOT_FOUND */
  get(id: CaseId): StoredCase {
    return this.entry(id).stored
  }

  summary(id: CaseId): CaseSummary {
    return caseSummaryOf(this.entry(id), this.rules)
  }

  /** Whether what the classifier says of it counts in queues and figures. */
  isConfirmed(id: CaseId): boolean {
    return isEntryConfirmed(this.entry(id))
  }

  /** What a reader of this film agrees or disagrees with; null where nobody was asked. */
  modelAnswer(id: CaseId): ModelAnswer | null {
    return modelAnswerOf(this.entry(id).stored, this.rules.classifier)
  }

  /** The case of the same film (`isSameFilm`). */
  sameFilm(film: StoredCase): StoredCase | null {
    const likely = this.index.candidates(film).flatMap((id) => this.entries.get(id)?.stored ?? [])
    return likely.find((stored) => isSameFilm(stored, film)) ?? null
  }

  activity(id: CaseId): WorklistEntry['activity'] {
    return this.entry(id).activity
  }

  unread(id: CaseId): WorklistEntry['unread'] {
    return this.entry(id).unread
  }

  /** Looks whether the case's outlines and marks can be read, which no start does: it would read every key image of every film. */
  async judgeDocuments(id: CaseId): Promise<void> {
    const entry = this.entry(id)
    const others = entry.unread.filter((part) => part === 'audit' || part === 'findings')
    const unread = [...others, ...(await this.store.unreadDocuments(id))]
    if (isDeepStrictEqual(unread, entry.unread)) return
    entry.unread = unread
    if (this.has(id)) this.tellOf(id)
  }

  /** All of them or none. */
  async add(all: readonly StoredCase[], activity: WorklistEntry['activity']): Promise<void> {
    await Promise.allSettled(this.leaving)
    await this.store.saveCases(all)
    for (const stored of all) {
      this.enter({ stored, audit: null, alarm: null, readBy: [], unread: [], activity })
      this.tellOf(stored.id)
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
      if (entry) entry.stored = stored
    }
    await this.tellInTurns([...changes.keys()])
  }

  /** A case that was removed meanwhile is passed over: what was done with it no longer matters. */
  setActivity(id: CaseId, activity: WorklistEntry['activity']): void {
    const entry = this.entries.get(id)
    if (!entry) return
    entry.activity = activity
    this.tellOf(id)
  }

  audited(id: CaseId, record: AuditRecord): void {
    const entry = this.entries.get(id)
    if (!entry) return
    entry.audit = auditLine(record)
    entry.alarm = record.zones?.alarm ?? null
    this.tellOf(id)
  }

  /** Another reader or classifier: every case may stand in other queues. */
  setRules(change: Partial<ReviewRules>): void {
    const rules = { ...this.rules, ...change }
    if (isDeepStrictEqual(rules, this.rules)) return
    this.rules = rules
    void this.tellInTurns([...this.entries.keys()], () => this.rules === rules)
  }

  /** The case's findings have changed. */
  changeReaders(id: CaseId, findings: readonly StoredFinding[]): void {
    const entry = this.entries.get(id)
    if (!entry) return
    entry.readBy = readersWhoGave(findings)
    this.tellOf(id)
  }

  has(id: CaseId): boolean {
    return this.entries.has(id)
  }

  async remove(id: CaseId): Promise<void> {
    const entry = this.entry(id)
    // First: what is found out about the case meanwhile must not save it again.
    this.entries.delete(id)
    const gone = this.store.removeCase(id)
    this.leaving.add(gone)
    try {
      await gone
    } catch (error) {
      this.entries.set(id, entry)
      throw error
    } finally {
      this.leaving.delete(gone)
    }
    this.tell({ type: 'caseRemoved', caseId: id })
  }

  private enter(entry: WorklistEntry): void {
    this.entries.set(entry.stored.id, entry)
    this.index.add(entry.stored.id, entry.stored)
  }

  /** Each as it is when its turn has come; no longer once `isDue` says so. */
  private async tellInTurns(ids: readonly CaseId[], isDue = () => true): Promise<void> {
    for await (const id of inTurns(ids)) {
      if (!isDue()) return
      if (this.has(id)) this.tellOf(id)
    }
  }

  private tellOf(id: CaseId): void {
    this.tell({ type: 'case', summary: this.summary(id) })
  }

  private entry(id: CaseId): WorklistEntry {
    const entry = this.entries.get(id)
    if (entry) return entry
    throw new SimpleBitsError('CASE_NOT_FOUND', 'This case is no longer in the worklist.')
  }
}
