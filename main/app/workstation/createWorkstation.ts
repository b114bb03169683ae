import { setMaxListeners } from 'node:events'
import {
  RESEARCH_USE_ONLY,
  SimpleBitsError,
  type AppInfo,
  type CallAnswer,
  type CallParams,
  type CallResult,
  type CaseId,
  type Settings,
  type WorkstationCall,
  type WorkstationEvent,
} from '../../../contract'
import { cohortCallsOf, worklistFilms } from '../cohort'
import { explainCallsOf, ExplainDesk } from '../explain'
import { labCallsOf, LabDesk, type LabContext } from '../lab'
import { classifierCallsOf } from '../ownClassifiers'
import { withoutGate } from '../storeGate/withoutGate'
import { filmWindowCallsOf } from '../filmWindow'
import { marksCallsOf } from '../marks'
import { AuditDesk } from './auditDesk'
import { CaseView } from './caseView'
import type { WorkstationDeps } from './deps'
import { classifyAfterRestarts, classifyOutstanding, decideAgain } from './classifying'
import { importCallsOf } from './importCalls'
import { importFilms, type ImportContext } from './importing'
import { OpenFilms } from './openFilms'
import { createReadiness } from './readyForAudits'
import { reviewOf } from './review'
import { Worklist, type ReviewRules } from './worklist'
import { zoneCallsOf } from './zoneDesk'

/** The product behind a window: every call of the contract, one stream of events, and the films' pixels. */
export interface Workstation {
  /** Never throws: a refusal is an answer. Params are trusted; the edge has checked them. */
  call<C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallAnswer<C>>
  onEvent(listener: (event: WorkstationEvent) => void): () => void
  /** @throws SimpleBitsError CASE_NOT_FOUND, or why the file cannot be read */
  filmPixels(id: CaseId): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

export const DEFAULT_SETTINGS: Settings = {
  preset: 'standard',
  objective: 'activation',
  seed: 0,
  backend: 'auto',
  identification: 'pseudonym',
  reader: '',
  copyFilms: false,
  layout: {},
}

/** Opens the worklist; bundled films and outstanding decisions come in behind it, the engine starts beside it. */
export async function createWorkstation(deps: WorkstationDeps): Promise<Workstation> {
  const listeners = new Set<(event: WorkstationEvent) => void>()
  const tell = (event: WorkstationEvent) => {
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
  const labContext: LabContext = { ...deps, productVersion: deps.product.version, tell }
  const labDesk = new LabDesk(labContext)
  let settings: Settings = { ...DEFAULT_SETTINGS, ...(await deps.store.settings()) }
  deps.chooseBackend(settings.backend)
  worklist.setRules({ reader: settings.reader, ...(await rulesInUse(deps)) })
  const stopListening = deps.engine.onState((state) => tell({ type: 'engine', state }))
  const readiness = deps.atRest ? null : createReadiness(deps, () => settings.objective)
  const copyFilms = () => settings.copyFilms
  const importing: ImportContext = { deps, worklist, tell, signal: closing.signal, copyFilms }

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
  const calls: { readonly [C in WorkstationCall]: (params: CallParams<C>) => Promise<CallResult<C>> } = {
    appInfo: async () => appInfo(),
    listCases: async () => worklist.all(),
    filmsLeftOut: async () => worklist.countLeftOut(),
    pickFiles: ({ folders }) => deps.dialogs.openFiles({ folders }),
    openCase: ({ caseId }) => view.open(caseId),
    async removeCase({ caseId }) {
      desk.cancel(caseId)
      await worklist.remove(caseId)
      return null
    },
    setReportLabel: ({ caseId, label }) => worklist.change(caseId, { reportLabel: label }),
    async startAudit(request) {
      confirmed(worklist, request)
      void desk.start(request)
      return null
    },
    async cancelAudit({ caseId }) {
      desk.cancel(caseId)
      return null
    },
    instantEstimate: ({ caseId }) => view.instant(caseId),
    frame: ({ caseId, frame }) => view.frame(caseId, frame),
    exportReport: ({ caseId, identification }) =>
      view.exportReport(caseId, { identification, reader: settings.reader }),
    async showInFolder({ path }) {
      await deps.dialogs.showInFolder(path)
      return null
    },
    getSettings: async () => settings,
    setSettings,
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
        return { ok: true, result: await calls[name](params) }
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

/** Null where the classifier is not there: then nothing is decided or borderline, and the engine says what is wrong. */
async function rulesInUse({ classifiers }: WorkstationDeps): Promise<Pick<ReviewRules, 'threshold' | 'classifier'>> {
  const inUse = await classifiers.inUse.get().catch(() => null)
  return { threshold: inUse?.threshold ?? null, classifier: inUse?.sha256 ?? null }
}

function confirmed(worklist: Worklist, request: CallParams<'startAudit'>): void {
  const open = worklist.get(request.caseId).warnings.filter(({ mustConfirm }) => mustConfirm)
  if (request.confirmed || open.length === 0) return
  throw new SimpleBitsError('WRONG_MODALITY', open.map(({ message }) => message).join(' '))
}

/** What happens by itself after opening: bundled films, then decisions that are missing or of older weights. */
async function comeIn(context: ImportContext, bundled: WorkstationDeps['bundled']): Promise<void> {
  const { deps, worklist } = context
  void deps.engine.start()
  try {
    const known = new Set(worklist.stored().map(({ file }) => file))
    const fresh = bundled.filter(({ path }) => !known.has(path))
    const labels = new Map(fresh.map(({ path, reportLabel }) => [path, reportLabel]))
    await classifyOutstanding(context)
    if (fresh.length > 0) await importFilms(context, [...labels.keys()], { bundled: labels })
  } catch (error) {
    deps.log.error({ problem: SimpleBitsError.from(error).code }, 'the cases did not come in completely')
  }
}
