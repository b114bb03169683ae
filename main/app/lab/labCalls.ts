import type { CallResult, CallTable, labCalls } from '../../../contract'
import type { LabContext } from './deps'
import { exportRun } from './exportRun'
import type { LabDesk } from './labDesk'
import { labEstimate, labTemplates } from './templates'

/** The lab's part of what the window can ask. */
export function labCallsOf(context: LabContext, desk: LabDesk): CallTable<keyof typeof labCalls> {
  return {
    labTemplates: () => labTemplates(context.lab),
    labEstimate: ({ experiment }) => labEstimate(context.lab, experiment),
    labPickData: () => pickData(context),
    labRuns: () => desk.runs(),
    labRun: ({ runId }) => desk.details(runId),
    labStart: async ({ experiment }) => ({ runId: await desk.start(experiment) }),
    labPause: ({ runId }) => desk.pause(runId),
    labResume: ({ runId }) => desk.resume(runId),
    labStop: ({ runId }) => desk.stop(runId),
    labRemove: ({ runId }) => desk.remove(runId),
    labExport: (request) => exportRun(context, desk, request),
  }
}

async function pickData({ lab, dialogs, keepDataFolder }: LabContext): Promise<CallResult<'labPickData'>> {
  const title = 'The folder that holds the training data (natural/, nih/)'
  const [folder] = (await dialogs.openFiles({ folders: true, title })) ?? []
  if (folder === undefined) return null
  lab.data.use(folder)
  await keepDataFolder(folder)
  return labTemplates(lab)
}
