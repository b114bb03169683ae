import { expect } from 'vitest'
import { SimpleBitsError, workstationCalls, type CallParams, type WorkstationCall } from '../../contract'
import type { Workstation } from '../../main/app'
import { exampleExperiment } from './exampleExperiment'
import { scriptedWorkstation } from './scriptedWorkstation'

/** The result of a call, checked against the contract as the window's edge does. */
export async function ask<C extends WorkstationCall>(workstation: Workstation, name: C, params: CallParams<C>) {
  const answer = await workstation.call(name, params)
  if (!answer.ok) throw SimpleBitsError.fromWire(answer.error)
  expect(workstationCalls[name].result.safeParse(answer.result).error).toBeUndefined()
  return answer.result
}

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
