import PQueue from 'p-queue'
import type { CallTable, CaseId, CaseMarks, marksCalls } from '../../../contract'
import { marksVisibleTo, marksWith } from '../../domain/review'
import type { CaseStore } from '../../ports'

const NO_MARKS: CaseMarks = { measurements: [], keyImages: [] }

/**
 * What readers marked on a case, for the window: hidden here as findings are, not only left undrawn.
 *
 * @param cases throws CASE_NOT_FOUND for a case that is not there
 */
export function marksCallsOf(
  store: CaseStore,
  cases: { get(id: CaseId): { readonly id: CaseId } },
): CallTable<keyof typeof marksCalls> {
  // One after the other: what another reader keeps at the same moment must not be lost.
  const writes = new PQueue({ concurrency: 1 })
  return {
    async marks({ caseId, reader }) {
      const { id } = cases.get(caseId)
      return marksVisibleTo(reader, (await store.marks(id)) ?? NO_MARKS, await store.findings(id))
    },
    saveMarks: ({ caseId, reader, marks }) =>
      writes.add(async () => {
        const { id } = cases.get(caseId)
        const all = marksWith(reader, { before: (await store.marks(id)) ?? NO_MARKS, saved: marks })
        await store.saveMarks(id, all)
      }),
  }
}
