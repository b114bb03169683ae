import type { BatchState, CaseStatus, RunState, WorkstationCall } from '../contract'
import type { Workstation } from '../main/compose'

const audited: readonly CaseStatus[] = ['queued', 'auditing']
const audits: readonly BatchState['state'][] = ['running', 'waiting', 'stopping']
const computed: readonly RunState[] = ['queued', 'running']

const IMPORT = 'Films are being imported. What has come in is kept; importing the same again brings in the rest.'
const FILE = 'A file is being written; it would not be finished.'
const EXPLANATION = 'Other methods or further tests are being computed; they would end without a result.'
const CLASSIFIER = 'A classifier is being tested; the test would end without a result.'

/** Calls of the window that take long, and what would become of them; of audits and of the lab events tell. */
const longCalls: Partial<Record<WorkstationCall, string>> = {
  importFiles: IMPORT,
  exportReport: FILE,
  cohortExport: FILE,
  labExport: FILE,
  reviewExport: FILE,
  explainCase: EXPLANATION,
  counterfactualOf: EXPLANATION,
  testFurther: EXPLANATION,
  addClassifier: CLASSIFIER,
  testClassifier: CLASSIFIER,
}

/** The product whose calls are watched, and a sentence for each kind of work that closing now would end. */
export interface WatchedWork<W> {
  readonly watched: W
  sentences(): string[]
}

export function workInHand<W extends Pick<Workstation, 'call' | 'onEvent'>>(workstation: W): WatchedWork<W> {
  const films = new Set<string>()
  const runs = new Set<string>()
  const calls = new Set<{ readonly sentence: string }>()
  let queue = false
  workstation.onEvent((event) => {
    if (event.type === 'case') keep(films, event.summary.id, audited.includes(event.summary.status))
    else if (event.type === 'caseRemoved') films.delete(event.caseId)
    else if (event.type === 'reviewBatch') queue = audits.includes(event.batch.state)
    else if (event.type === 'labRun') keep(runs, event.run.id, computed.includes(event.run.state))
  })
  const call: Workstation['call'] = (name, params) => {
    const answer = workstation.call(name, params)
    const sentence = longCalls[name]
    if (sentence === undefined) return answer
    const entry = { sentence }
    calls.add(entry)
    return answer.finally(() => calls.delete(entry))
  }
  return {
    watched: { ...workstation, call },
    sentences: () => [
      ...(films.size === 1 ? ['An audit is running; it would end without a result.'] : []),
      ...(films.size > 1 ? [`${films.size} audits are running or waiting; they would end without a result.`] : []),
      ...(queue ? ['A queue is being audited; it would stop. What is finished is kept.'] : []),
      ...(runs.size > 0 ? ['The lab is computing; its runs would pause and can be resumed.'] : []),
      ...new Set([...calls].map(({ sentence }) => sentence)),
    ],
  }
}

function keep<T>(set: Set<T>, item: T, isIn: boolean): void {
  if (isIn) set.add(item)
  else set.delete(item)
}
