import { ask } from './ask'
import { exampleExperiment } from './exampleExperiment'
import { scriptedWorkstation } from './scriptedWorkstation'

/** The lab of a workstation with a scripted engine, as the window calls it. */
export async function openLab(root: string) {
  const { workstation, labEngine, script, events } = await scriptedWorkstation(root)
  return {
    ...{ workstation, engine: labEngine, auditEngine: script, events },
    start: async (changes = {}) =>
      (await ask(workstation, 'labStart', { experiment: exampleExperiment(changes) })).runId,
    states: async () =>
      Object.fromEntries((await ask(workstation, 'labRuns', null)).map(({ id, state }) => [id, state])),
    run: async (runId: string) => (await ask(workstation, 'labRun', { runId })).run,
    /** The states of a run that the window was told, in order. */
    told: (runId: string) =>
      events.flatMap((one) => (one.type === 'labRun' && one.run.id === runId ? [one.run.state] : [])),
  }
}
