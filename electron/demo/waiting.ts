import { SimpleBitsError, type CaseId, type CaseSummary } from '../../contract'
import type { Workstation } from '../workstation'

const unfinished: readonly CaseSummary['status'][] = ['new', 'reading']

/** The bundled cases, once every one of them has its decision (or its reason for having none). */
export async function casesClassified(workstation: Workstation): Promise<CaseSummary[]> {
  for (;;) {
    const answer = await workstation.call('listCases', null)
    if (!answer.ok) throw SimpleBitsError.fromWire(answer.error)
    const cases = answer.result.filter((one) => one.bundled)
    if (cases.length > 0 && !cases.some((one) => unfinished.includes(one.status))) return readable(cases)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function readable(cases: readonly CaseSummary[]): CaseSummary[] {
  const sound = cases.filter((one) => one.decision !== null)
  const failure = cases.find((one) => one.error !== null)?.error
  if (sound.length > 0) return sound
  throw failure
    ? SimpleBitsError.fromWire(failure)
    : new SimpleBitsError('DATA_MISSING', 'No bundled case was classified.')
}

/** Resolves when the audit of this case is done; rejects with its error, or when the engine dies. */
export function auditEnded(workstation: Workstation, id: CaseId): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = workstation.onEvent((event) => {
      if (event.type === 'auditDone' && event.caseId === id) {
        stop()
        resolve()
      } else if (event.type === 'auditFailed' && event.caseId === id) {
        stop()
        reject(SimpleBitsError.fromWire(event.error))
      } else if (event.type === 'engine' && event.state.state === 'dead') {
        stop()
        reject(new SimpleBitsError('ENGINE_DIED', event.state.message))
      }
    })
  })
}
