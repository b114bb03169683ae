import type { CallParams, CallResult, WorkstationCall } from '../../../contract'
import type { LabContext } from './deps'
import { exportRun } from './exportRun'
import type { LabDesk } from './labDesk'
import { labEstimate, labTemplates } from './templates'

type LabCall = Extract<WorkstationCall, `lab${string}`>
type LabCalls = { readonly [C in LabCall]: (params: CallParams<C>) => Promise<CallResult<C>> }

/** The lab's part of what the window can ask. */
export function labCallsOf(context: LabContext, desk: LabDesk): LabCalls {
  return {
    labTemplates: () => labTemplates(context.lab),
    labEstimate: ({ experiment }) => labEstimate(context.lab, experiment),
    labRuns: () => desk.runs(),
    labRun: ({ runId }) => desk.details(runId),
    labStart: async ({ experiment }) => ({ runId: await desk.start(experiment) }),
    labPause: ({ runId }) => nothing(desk.pause(runId)),
    labResume: ({ runId }) => nothing(desk.resume(runId)),
    labStop: ({ runId }) => nothing(desk.stop(runId)),
    labRemove: ({ runId }) => nothing(desk.remove(runId)),
    labExport: (request) => exportRun(context, desk, request),
  }
}

async function nothing(done: Promise<void>): Promise<null> {
  await done
  return null
}
