import type { CallTable, reviewCalls, Tell } from '../../../../contract'
import type { Worklist } from '../../worklist'
import type { AuditDesk } from '../auditDesk'
import type { WorkstationDeps } from '../deps'
import { BatchDesk } from './batchDesk'
import { exportFindings } from './exportFindings'
import { FindingDesk } from './findingDesk'
import { LabelDesk } from './labelDesk'

type ReviewCalls = CallTable<keyof typeof reviewCalls>

interface ReviewContext {
  readonly deps: WorkstationDeps
  readonly worklist: Worklist
  readonly desk: AuditDesk
  readonly tell: Tell
}

interface Review {
  readonly calls: ReviewCalls
  readonly take: Tell
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
    reviewBatchStart: async (request) => batch.start(request),
    reviewBatch: async () => batch.state(),
    reviewBatchStop: async ({ now }) => batch.stop(now),
    reviewPickTable: () => labels.pick(),
    reviewMatchLabels: async (mapping) => labels.match(mapping),
    reviewApplyLabels: (mapping) => labels.apply(mapping),
    reviewSetLabels: ({ labels: before }) => labels.set(before),
  }
  const close = () => {
    batch.close()
    return findings.idle()
  }
  return { calls, take: (event) => batch.take(event), close }
}
