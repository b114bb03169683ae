import type { CallParams, CallResult, CaseId, CaseMarks, WorkstationCall } from '../../../contract'
import type { CaseStore } from '../../ports'

type MarksCall = Extract<WorkstationCall, 'marks' | 'saveMarks'>
type MarksCalls = { readonly [C in MarksCall]: (params: CallParams<C>) => Promise<CallResult<C>> }

export const NO_MARKS: CaseMarks = { measurements: [], keyImages: [] }

/**
 * What the reader marked on a case, for the window.
 *
 * @param cases throws CASE_NOT_FOUND for a case that is not there
 */
export function marksCallsOf(store: CaseStore, cases: { get(id: CaseId): { readonly id: CaseId } }): MarksCalls {
  return {
    marks: async ({ caseId }) => (await store.marks(cases.get(caseId).id)) ?? NO_MARKS,
    async saveMarks({ caseId, marks }) {
      await store.saveMarks(cases.get(caseId).id, marks)
      return null
    },
  }
}
