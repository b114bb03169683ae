import { SimpleBitsError, type CaseId, type CaseSummary } from '../../contract'
import { ask, type Workstation } from '../../main/compose'

const unfinished: readonly CaseSummary['status'][] = ['new', 'reading']

/**
 * The bundled cases, once every one of them has its decision (or its reason for having none).
 * @throws SimpleBitsError ENGINE_DIED where the engine is dead and nobody is there to start it again
 */
export async function casesClassified(
  workstation: Workstation,
  { unattended }: { readonly unattended: boolean },
): Promise<CaseSummary[]> {
  for (;;) {
    const cases = (await ask(workstation, 'listCases', null)).filter((one) => one.bundled)
    if (cases.length > 0 && !cases.some((one) => unfinished.includes(one.status))) return readable(cases)
    const { engine } = await ask(workstation, 'appInfo', null)
    if (unattended && engine.state === 'dead') throw new SimpleBitsError('ENGINE_DIED', engine.message)
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
