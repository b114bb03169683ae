import { basename } from 'node:path'
import {
  SimpleBitsError,
  type CaseLabel,
  type LabelMapping,
  type LabelMatch,
  type LabelTable,
} from '../../../../contract'
import { idPart } from '../../../domain/caseIdentity'
import { describeTable, matchLabels, type LabelledFilm, type TextTable } from '../../../domain/review'
import type { CaseStore, StoredCase, TableSource, UserDialogs } from '../../../ports'
import type { Worklist } from '../../worklist'

/** Report labels from a table that the user picks; the window never names a file. */
export class LabelDesk {
  private table: TextTable | null = null

  constructor(
    private readonly at: {
      tables: TableSource
      dialogs: UserDialogs
      worklist: Worklist
      store: Pick<CaseStore, 'patientKey'>
    },
  ) {}

  async pick(): Promise<LabelTable | null> {
    const [path] = (await this.at.dialogs.openFiles({ folders: false, kind: 'table' })) ?? []
    if (path === undefined) return null
    this.table = await this.at.tables.read(path)
    return describeTable(basename(path), this.table)
  }

  match(mapping: LabelMapping): LabelMatch {
    return this.matched(mapping).match
  }

  /** @returns what stood there before, for an undo */
  async apply(mapping: LabelMapping): Promise<CaseLabel[]> {
    const { changes } = this.matched(mapping)
    const before = changes.map(({ caseId }) => ({ caseId, label: this.at.worklist.get(caseId).reportLabel }))
    await this.set(changes)
    return before
  }

  /** All of them or none; a case that was removed meanwhile is passed over. */
  async set(labels: readonly CaseLabel[]): Promise<void> {
    const { worklist } = this.at
    const there = labels.filter(({ caseId }) => worklist.has(caseId))
    await worklist.changeAll(new Map(there.map(({ caseId, label }) => [caseId, { reportLabel: label }])))
  }

  private matched(mapping: LabelMapping) {
    if (this.table === null) throw new SimpleBitsError('BAD_REQUEST', 'Choose a table of labels first.')
    const cases = this.at.worklist.stored()
    const shared = sharedIds(cases)
    const films = cases.map(({ id, file, identity, reportLabel }): LabelledFilm => ({
      id,
      file,
      reportLabel,
      sopInstanceUid: identity.sopInstanceUid,
      studyDate: identity.studyDate,
      patientKey: identity.patientKey === null || shared.has(visitOf(identity)) ? null : idPart(identity.patientKey),
    }))
    return matchLabels(this.table, mapping, { films, keyOf: (id) => idPart(this.at.store.patientKey(id, null)) })
  }
}

type Identity = StoredCase['identity']

const visitOf = ({ patientKey, studyDate }: Identity): string => `${patientKey && idPart(patientKey)} ${studyDate}`

/** ID and day of which several patients have films: a row that names no issuer is of neither. */
function sharedIds(cases: readonly StoredCase[]): ReadonlySet<string> {
  const patients = new Map<string, Set<Identity['patientKey']>>()
  for (const { identity } of cases) {
    const visit = visitOf(identity)
    patients.set(visit, (patients.get(visit) ?? new Set()).add(identity.patientKey))
  }
  return new Set([...patients].flatMap(([visit, keys]) => (keys.size > 1 ? [visit] : [])))
}
