import { BUNDLED_FLOW, SimpleBitsError, type Settings } from '../../../contract'
import type { WorkstationDeps } from './deps'

/** Getting ready for the next audit, as far as the engine has spare time. */
export interface Readiness {
  /** The classifier or the objective is another one. */
  again(): void
  close(): void
}

/** Lets the engine make ready, in its spare time, what the first audit by the classifier in use would have to wait for. */
export function createReadiness(
  { engine, classifiers, log }: Pick<WorkstationDeps, 'engine' | 'classifiers' | 'log'>,
  objective: () => Settings['objective'],
): Readiness {
  let latest = new AbortController()
  const prepare = async ({ signal }: AbortController) => {
    try {
      const { name } = await classifiers.inUse.get()
      await engine.call('prepare', { model: name, flow: BUNDLED_FLOW, objective: objective() }, { signal })
    } catch (error) {
      // the audit makes what it lacks, and says itself what is wrong
      log.debug({ problem: SimpleBitsError.from(error).code }, 'nothing was made ready for audits')
    }
  }
  const again = () => {
    latest.abort()
    latest = new AbortController()
    if (engine.state().state === 'ready') void prepare(latest)
  }
  const stop = engine.onState(({ state }) => {
    if (state === 'ready') again()
  })
  return {
    again,
    close() {
      stop()
      latest.abort()
    },
  }
}
