import { setMaxListeners } from 'node:events'
import PQueue from 'p-queue'
import {
  DEFAULT_SETTINGS,
  RESEARCH_USE_ONLY,
  SimpleBitsError,
  type AppInfo,
  type CallAnswer,
  type CallParams,
  type CallTable,
  type CaseId,
  type Settings,
  type Tell,
  type WorkstationCall,
} from '../../../contract'
import { requireConfirmation } from '../../domain/suitability'
import { cohortCallsOf, worklistFilms } from '../cohort'
import { explainCallsOf, ExplainDesk } from '../explain'
import { labCallsOf, LabDesk, type LabContext } from '../lab'
import { classifierCallsOf } from '../ownClassifiers'
import { resultOf } from '../resultOf'
import { withoutGate } from '../storeGate/withoutGate'
import { filmWindowCallsOf } from '../filmWindow'
import { marksCallsOf } from '../marks'
import { AuditDesk } from './auditDesk'
import { CaseView } from './caseView'
import type { WorkstationDeps } from './deps'
import { classifyAfterRestarts, decideAgain } from './classifying'
import { comeIn } from './comingIn'
import { importCallsOf } from './importCalls'
import type { ImportContext } from './importing'
import { OpenFilms } from './openFilms'
import { Passes } from './passes'
import { createReadiness } from './readyForAudits'
import { reviewOf } from './review'
import { Worklist } from './worklist'
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
  const closing = new AbortController()
  // As many films as are read at a time listen to it, each only while it is read.
  setMaxListeners(0, closing.signal)
  const worklist = new Worklist(deps.store, tell)
  await worklist.load()
  const films = new OpenFilms(deps.films, deps.store)
  const desk = new AuditDesk({ deps, worklist, films, tell })
  const view = new CaseView({ deps, worklist, films, desk })
  const explaining = new ExplainDesk({ deps, worklist, films, tell, recordChanged: () => view.forgetAudit() })
  const review = reviewOf({ deps, worklist, desk, tell })
  listeners.add(review.take)
  const labContext: LabContext = {
    ...{ ...deps, productVersion: deps.product.version, tell },
    keepDataFolder: async (dataFolder) => void (await setSettings({ dataFolder })),
  }
  const labDesk = new LabDesk(labContext)
  let settings: Settings = { ...DEFAULT_SETTINGS, ...(await deps.store.settings()) }
  deps.chooseBackend(settings.backend)
  if (settings.dataFolder !== null) deps.lab.data.use(settings.dataFolder)
  // Where the classifier is not there, nothing is decided or borderline, and the engine says what is wrong.
  worklist.setRules({ reader: settings.reader, classifier: await deps.classifiers.inUse.get().catch(() => null) })
  const stopListening = deps.engine.onState((state) => tell({ type: 'engine', state }))
  const readiness = deps.atRest ? null : createReadiness(deps, () => settings.objective)
  const copyFilms = () => settings.copyFilms
  const imports = new PQueue({ concurrency: 1 })
  const passes = new Passes()
  const importing: ImportContext = { deps, worklist, tell, signal: closing.signal, copyFilms, imports, passes }

  const setSettings = async (change: Partial<Settings>): Promise<Settings> => {
    const before = settings
    settings = { ...settings, ...change }
    await deps.store.saveSettings(settings)
    worklist.setRules({ reader: settings.reader })
    if (settings.objective !== before.objective) readiness?.again()
    if (settings.backend !== before.backend) {
      deps.chooseBackend(settings.backend)
      void deps.engine.restart()
    }
    return settings
  }
  const appInfo = (): AppInfo => ({
    ...deps.product,
    engine: deps.engine.state(),
    researchUseOnly: RESEARCH_USE_ONLY,
  })
  const calls: CallTable<WorkstationCall> = {
    appInfo: async () => appInfo(),
    listCases: async () => worklist.all(),
    filmsLeftOut: async () => worklist.countLeftOut(),
    pickFiles: ({ folders }) => deps.dialogs.openFiles({ folders }),
    openCase: ({ caseId }) => view.open(caseId),
    async removeCase({ caseId }) {
      desk.cancel(caseId)
      await worklist.remove(caseId)
    },
    setReportLabel: ({ caseId, label }) => worklist.change(caseId, { reportLabel: label }),
    async startAudit(request) {
      requireConfirmation(worklist.get(request.caseId), request.confirmed)
      void desk.start(request)
    },
    cancelAudit: async ({ caseId }) => desk.cancel(caseId),
    instantEstimate: ({ caseId }) => view.instant(caseId),
    frame: ({ caseId, frame }) => view.frame(caseId, frame),
    exportReport: ({ caseId, identification }) =>
      view.exportReport(caseId, { identification, reader: settings.reader }),
    showInFolder: ({ path }) => deps.dialogs.showInFolder(path),
    getSettings: async () => settings,
    // A folder of data is chosen in a dialog, not named by the window.
    setSettings: (change) => setSettings({ ...change, dataFolder: settings.dataFolder }),
    restartEngine: () => deps.engine.restart(),
    ...importCallsOf(importing, films),
    ...labCallsOf(labContext, labDesk),
    ...zoneCallsOf({ store: deps.store, films, worklist, recordChanged: () => view.forgetAudit() }),
    ...cohortCallsOf({ ...deps, ...deps.cohort, films: worklistFilms(worklist), productVersion: deps.product.version }),
    ...explainCallsOf(explaining),
    ...withoutGate,
    ...review.calls,
    ...classifierCallsOf({
      ...deps,
      signal: closing.signal,
      decideAgain: () => decideAgain(importing).finally(() => readiness?.again()),
    }),
    ...marksCallsOf(deps.store, worklist),
    ...filmWindowCallsOf(deps.filmWindow, tell),
  }

  if (!deps.atRest) {
    classifyAfterRestarts(importing)
    void comeIn(importing, deps.bundled)
  }
  return {
    async call(name, params) {
      try {
        return { ok: true, result: await resultOf(calls[name](params)) }
      } catch (error) {
        const known = SimpleBitsError.from(error)
        if (known.code === 'INTERNAL')
          deps.log.error({ call: name, problem: error instanceof Error ? error.name : 'unknown' }, 'a call failed')
        return { ok: false, error: known.toWire() }
      }
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    filmPixels: (id) => view.pixels(id),
    async close() {
      closing.abort()
      await review.close()
      desk.close()
      explaining.close()
      stopListening()
      readiness?.close()
      await Promise.all([deps.engine.close(), deps.films.close(), labDesk.close()])
      await deps.store.close()
    },
  }
}
