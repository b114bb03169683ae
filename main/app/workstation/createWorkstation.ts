import PQueue from 'p-queue'
import {
  faultOf,
  RESEARCH_USE_ONLY,
  SimpleBitsError,
  type CallAnswer,
  type CallParams,
  type CallTable,
  type CaseId,
  type Tell,
  type WorkstationCall,
} from '../../../contract'
import type { Logger } from '../../ports'
import { abortWith } from '../abortWith'
import { cohortCallsOf, worklistFilms } from '../cohort'
import { explainCallsOf, ExplainDesk } from '../explain'
import { filmWindowCallsOf } from '../filmWindow'
import { labCallsOf, LabDesk, type LabContext } from '../lab'
import { marksCallsOf } from '../marks'
import { classifierCallsOf } from '../ownClassifiers'
import { resultOf } from '../resultOf'
import { withoutGate } from '../storeGate'
import { OpenFilms, Worklist } from '../worklist'
import { AuditDesk } from './auditDesk'
import { caseCallsOf } from './caseCalls'
import { CaseView } from './caseView'
import { classifyAfterRestarts, decideAgain } from './classifying'
import { comeIn } from './comingIn'
import type { WorkstationDeps } from './deps'
import { importCallsOf } from './importCalls'
import type { ImportContext } from './importing'
import { Passes } from './passes'
import { reviewOf } from './review'
import { openSettings } from './settingsDesk'
import { zoneCallsOf } from './zoneDesk'

/** The product behind a window: every call of the contract, one stream of events, and the films' pixels. */
export interface Workstation {
  /** Never throws: a refusal is an answer. Params are trusted; the edge has checked them. */
  call<C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallAnswer<C>>
  onEvent(listener: Tell): () => void
  /** @throws SimpleBitsError CASE_NOT_FOUND, or why the file cannot be read */
  filmPixels(id: CaseId): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

/** Opens the worklist; bundled films and outstanding decisions come in behind it, the engine starts beside it. */
export async function createWorkstation(deps: WorkstationDeps): Promise<Workstation> {
  const listeners = new Set<Tell>()
  const tell: Tell = (event) => {
    for (const listener of listeners) listener(event)
  }
  const closing = abortWith()
  const worklist = new Worklist(deps.store, tell)
  const films = new OpenFilms(deps.films, deps.store)
  const desk = new AuditDesk({ deps, worklist, films, tell })
  const view = new CaseView({ deps, worklist, films, desk })
  const recordChanged = () => view.forgetAudit()
  const explaining = new ExplainDesk({ deps, worklist, films, tell, recordChanged })
  const review = reviewOf({ deps, worklist, desk, tell })
  listeners.add(review.take)
  const stopListening = deps.engine.onState((state) => tell({ type: 'engine', state }))
  const settings = await openSettings(deps, worklist)
  // Where the classifier is not there, nothing is decided or borderline, and the engine says what is wrong.
  const classifier = await deps.classifiers.inUse.get().catch(() => null)
  worklist.setRules({ reader: settings.get().reader, classifier })
  await worklist.load()
  const labContext: LabContext = {
    ...deps,
    productVersion: deps.product.version,
    tell,
    keepDataFolder: async (dataFolder) => void (await settings.set({ dataFolder })),
  }
  const labDesk = new LabDesk(labContext)
  const importing: ImportContext = {
    deps,
    worklist,
    tell,
    signal: closing.signal,
    copyFilms: () => settings.get().copyFilms,
    imports: new PQueue({ concurrency: 1 }),
    passes: new Passes(),
  }
  const calls: CallTable<WorkstationCall> = {
    appInfo: async () => ({ ...deps.product, engine: deps.engine.state(), researchUseOnly: RESEARCH_USE_ONLY }),
    showInFolder: ({ path }) => deps.dialogs.showInFolder(path),
    getSettings: async () => settings.get(),
    setSettings: (change) => settings.set(change),
    restartEngine: () => deps.engine.restart(),
    ...caseCallsOf({ worklist, desk, view, dialogs: deps.dialogs, settings }),
    ...importCallsOf(importing, films),
    ...labCallsOf(labContext, labDesk),
    ...zoneCallsOf({ store: deps.store, films, worklist, recordChanged }),
    ...cohortCallsOf({ ...deps, ...deps.cohort, films: worklistFilms(worklist), productVersion: deps.product.version }),
    ...explainCallsOf(explaining),
    ...withoutGate,
    ...review.calls,
    ...classifierCallsOf({
      ...deps,
      signal: closing.signal,
      decideAgain: () => decideAgain(importing).finally(() => settings.readiness?.again()),
    }),
    ...marksCallsOf(deps.store, worklist),
    ...filmWindowCallsOf(deps.filmWindow, tell),
  }
  if (!deps.atRest) {
    classifyAfterRestarts(importing)
    void comeIn(importing, deps.bundled)
  }
  return {
    call: answering(calls, deps.log),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    filmPixels: (id) => view.pixels(id),
    async close() {
      closing.end()
      await review.close()
      desk.close()
      explaining.close()
      stopListening()
      settings.readiness?.close()
      await Promise.all([deps.engine.close(), deps.films.close(), labDesk.close()])
      await deps.store.close()
    },
  }
}

/** A refusal is an answer; one that is a fault of the program goes to the log. */
function answering(calls: CallTable<WorkstationCall>, log: Logger): Workstation['call'] {
  return async (name, params) => {
    try {
      return { ok: true, result: await resultOf(calls[name](params)) }
    } catch (error) {
      const fault = faultOf(error)
      if (fault.code === 'INTERNAL') log.error({ call: name, ...fault }, 'a call failed')
      return { ok: false, error: SimpleBitsError.from(error).toWire() }
    }
  }
}
