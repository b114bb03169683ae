import PQueue from 'p-queue'
import {
  EMPTY_FINDING,
  SimpleBitsError,
  type CaseFindings,
  type CaseId,
  type Finding,
  type StoredFinding,
} from '../../../../contract'
import {
  aboutOf,
  canTakeBack,
  currentFindings,
  isSameFinding,
  nextVersion,
  saysTheSame,
  visibleTo,
} from '../../../domain/review'
import type { CaseStore, Clock } from '../../../ports'
import { inTurns, type Worklist } from '../../worklist'

/** What readers write down. One write after the other, so that no two versions get the same number. */
export class FindingDesk {
  private readonly writes = new PQueue({ concurrency: 1 })
  /** Looked up in the store once, then kept up. */
  private known: Promise<Set<string>> | null = null

  constructor(private readonly at: { store: CaseStore; worklist: Worklist; clock: Clock }) {}

  async of(id: CaseId, reader: string): Promise<CaseFindings> {
    return visibleTo(reader, await this.at.store.findings(this.at.worklist.get(id).id))
  }

  async readers(): Promise<string[]> {
    this.known ??= this.readersInStore().catch((error: unknown) => {
      this.known = null
      throw error
    })
    return [...(await this.known)].sort((a, b) => a.localeCompare(b))
  }

  /** Answers when nothing waits to be written any more. */
  idle(): Promise<void> {
    return this.writes.onIdle()
  }

  /** Keeps a draft; nothing where it says no more than what is there already. */
  save(id: CaseId, reader: string, finding: Finding): Promise<CaseFindings> {
    return this.change(id, reader, (findings) => {
      const before = lastOf(reader, findings)?.finding ?? EMPTY_FINDING
      if (isSameFinding(before, finding)) return null
      return this.version(findings, { reader, state: 'draft', ...this.judged(id, finding, lastOf(reader, findings)) })
    })
  }

  give(id: CaseId, reader: string, finding: Finding): Promise<CaseFindings> {
    return this.change(id, reader, (findings) => {
      const said = currentFindings(findings).find((one) => one.reader === reader)
      const judged = this.judged(id, finding, lastOf(reader, findings))
      if (said && saysTheSame(said, judged)) return null
      return this.version(findings, { reader, state: 'given', ...judged })
    })
  }

  /** @throws SimpleBitsError BAD_REQUEST where it is too late for that */
  takeBack(id: CaseId, reader: string): Promise<CaseFindings> {
    return this.change(id, reader, (findings) => {
      const last = lastOf(reader, findings)
      if (last && canTakeBack(reader, findings)) return { ...last, state: 'draft', savedAt: this.now() }
      throw new SimpleBitsError(
        'BAD_REQUEST',
        'This finding can no longer be taken back. Change it and save it again; the earlier one stays in its history.',
      )
    })
  }

  private async readersInStore(): Promise<Set<string>> {
    const { store, worklist } = this.at
    const names = new Set<string>()
    for await (const { id } of inTurns(worklist.stored()))
      for (const { reader } of await store.findings(id)) names.add(reader)
    return names
  }

  private version(
    findings: readonly StoredFinding[],
    version: Omit<StoredFinding, 'number' | 'savedAt'>,
  ): StoredFinding {
    return nextVersion(findings, { ...version, savedAt: this.now() })
  }

  /** The finding with what its agreement is about. */
  private judged(
    id: CaseId,
    finding: Finding,
    before: StoredFinding | undefined,
  ): Pick<StoredFinding, 'finding' | 'about'> {
    const about = aboutOf(finding, { before, now: this.at.worklist.modelAnswer(id) })
    return about ? { finding, about } : { finding }
  }

  private now(): string {
    return this.at.clock.now().toISOString()
  }

  private change(
    id: CaseId,
    reader: string,
    next: (findings: readonly StoredFinding[]) => StoredFinding | null,
  ): Promise<CaseFindings> {
    return this.writes.add(async () => {
      const { store, worklist } = this.at
      const findings = await store.findings(worklist.get(id).id)
      const version = next(findings)
      if (version === null) return visibleTo(reader, findings)
      const saved = await store.saveFinding(id, version)
      ;(await this.known?.catch(() => null))?.add(reader)
      const after = [...findings.filter(({ number }) => number !== saved.number), saved]
      after.sort((a, b) => a.number - b.number)
      worklist.changeReaders(id, after)
      return visibleTo(reader, after)
    })
  }
}

/** The reader's last version, a draft too. */
const lastOf = (reader: string, findings: readonly StoredFinding[]): StoredFinding | undefined =>
  findings.filter((one) => one.reader === reader).at(-1)
