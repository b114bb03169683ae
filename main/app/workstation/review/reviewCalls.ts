import type { CallParams, CallResult, WorkstationCall, WorkstationEvent } from '../../../../contract'
import type { AuditDesk } from '../auditDesk'
import type { WorkstationDeps } from '../deps'
import type { Worklist } from '../worklist'
import { BatchDesk } from './batchDesk'
import { exportFindings } from './exportFindings'
import { FindingDesk } from './findingDesk'
import { LabelDesk } from './labelDesk'

type ReviewCall = Extract<WorkstationCall, `review${string}`>
type ReviewCalls = { readonly [C in ReviewCall]: (params: CallParams<C>) => Promise<CallResult<C>> }

export interface ReviewContext {
  readonly deps: WorkstationDeps
  readonly worklist: Worklist
  readonly desk: AuditDesk
  readonly tell: (event: WorkstationEvent) => void
}

export interface Review {
  readonly calls: ReviewCalls
  readonly take: (event: WorkstationEvent) => void
  /** Ends the batch, and answers when every finding is on the disk. */
  close(): Promise<void>
}

/** The review flow's part of what the window can ask, and its ear on the stream of events. */
export function reviewOf({ deps, worklist, desk, tell }: ReviewContext): Review {
  const findings = new FindingDesk({ ...deps, worklist })
  const batch = new BatchDesk({ ...deps, worklist, desk, tell })
  const labels = new LabelDesk({ ...deps, worklist })
  const calls: ReviewCalls = {
    reviewFindings: ({ caseId, reader }) => findings.of(caseId, reader),
    reviewSave: ({ caseId, reader, finding }) => findings.save(caseId, reader, finding),
    reviewGive: ({ caseId, reader, finding }) => findings.give(caseId, reader, finding),
    reviewTakeBack: ({ caseId, reader }) => findings.takeBack(caseId, reader),
    reviewReaders: () => findings.readers(),
    reviewExport: () => exportFindings(deps, worklist),
    reviewBatchStart: async (request) => {
      batch.start(request)
      return null
    },
    reviewBatch: async () => batch.state(),
    reviewBatchStop: async ({ now }) => {
      batch.stop(now)
      return null
    },
    reviewPickTable: () => labels.pick(),
    reviewMatchLabels: async (mapping) => labels.match(mapping),
    reviewApplyLabels: (mapping) => labels.apply(mapping),
    reviewSetLabels: async ({ labels: before }) => {
      await labels.set(before)
      return null
    },
  }
  const close = () => {
    batch.close()
    return findings.idle()
  }
  return { calls, take: (event) => batch.take(event), close }
}
