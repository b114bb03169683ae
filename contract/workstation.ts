import { z } from 'zod'
import { auditRecord, foundStop, objectiveName, presetName } from './audit'
import { instantEstimate } from './engine'
import { appInfo, engineState } from './appInfo'
import { byteArray, floatArray } from './binary'
import { caseIdentity } from './caseIdentity'
import { cohortCalls } from './cohort'
import { wireError } from './errors'
import { explainCalls, explainEvents } from './explain'
import { filmHeader, filmWarning, modelInputRecord } from './film'
import { filmWindowCalls, filmWindowEvents } from './filmWindow'
import { identification } from './identification'
import { caseId, sha256 } from './ids'
import { importCalls } from './importing'
import { labCalls, labEvents } from './lab'
import { ownClassifierCalls } from './ownClassifierCalls'
import { marksCalls } from './marks'
import { nothing } from './nothing'
import { progress } from './progress'
import { settings } from './settings'
import { storeCalls } from './store'
import { reportLabel } from './reportLabel'
import { queueName } from './review'
import { auditRestriction, shortcutAlarm, zoneCalls } from './zones'
import { reviewCalls, reviewEvents } from './reviewCalls'
import { savedFile } from './savedFile'

/**
 * Messages between the window and the main side: `window.api` has exactly these calls and this one stream of events.
 * Params and results are checked on arrival; pixels of films do not travel here but under `app://film/<caseId>`.
 */

const caseStatus = z.enum(['new', 'reading', 'ready', 'queued', 'auditing', 'audited', 'failed'])
export type CaseStatus = z.infer<typeof caseStatus>

/** One line of the worklist. */
export const caseSummary = z.strictObject({
  id: caseId,
  file: z.string(),
  bundled: z.boolean(),
  status: caseStatus,
  /** "M · 58 y · PA · 2017-01-03": only what the file says. */
  patientLine: z.string(),
  title: z.string(),
  /** Of the file, null where it does not say: sex, age (years), view position, study date and what stands for the patient. */
  ...caseIdentity.pick({ sex: true, age: true, view: true, studyDate: true, patientKey: true }).shape,
  reportLabel: reportLabel.nullable(),
  probability: z.number().nullable(),
  decision: z.boolean().nullable(),
  /** True where label and decision are known and differ. */
  misclassified: z.boolean().nullable(),
  /** data: URL of a small PNG; null until the film is read. */
  thumbnail: z.string().nullable(),
  /** Of the last audit: share of bits left and whether the decision was kept. */
  audit: z
    .strictObject({
      bitsLeft: z.number(),
      aboveFlat: z.number(),
      decisionKept: z.boolean(),
      createdAt: z.string(),
      classifier: sha256,
      /** At which that classifier decided then. */
      threshold: z.number(),
      /** False: about another classifier than the one that decides now, or about another version of it. */
      ofClassifierInUse: z.boolean(),
      flow: sha256,
      /** Of the whole film, and finished: only such audits are comparable. */
      whole: z.boolean(),
      stoppedEarly: z.boolean(),
      preset: presetName,
      objective: objectiveName,
    })
    .nullable(),
  /** Names of the readers who have given a finding, in order. */
  readBy: z.array(z.string()),
  /** Where it stands for the present reader (`main/domain/review`). */
  queues: z.array(queueName),
  /** Confidence × error, −1 (surely right) … 1 (surely wrong); null where label or decision is not known. */
  wrongness: z.number().nullable(),
  /** Of the last audit, where it is of the classifier in use: whether much of what survived lies where no anatomy is; null: not known. */
  alarm: shortcutAlarm.nullable(),
  error: wireError.nullable(),
  warnings: z.array(filmWarning),
})
export type CaseSummary = z.infer<typeof caseSummary>

/** Everything the case view needs, pixels apart. */
const caseDetail = z.strictObject({
  summary: caseSummary,
  header: filmHeader,
  /** app:// address of the stored pixels (little-endian, row-major, of `pixelType`). */
  pixelsUrl: z.string(),
  pixelType: z.enum(['uint8', 'int8', 'uint16', 'int16']),
  modelInput: z.strictObject({ record: modelInputRecord, pixels: byteArray }),
  threshold: z.number(),
  audit: auditRecord.nullable(),
  /** Free text from before findings had a text of their own; goes over into the first reader's finding. */
  notes: z.string(),
})
export type CaseDetail = z.infer<typeof caseDetail>

const byCase = z.strictObject({ caseId })

/** Picture and bit map (bits per pixel) of one stop on the way; frame −1 is the film as the model sees it. */
const frameView = z.strictObject({
  frame: z.number().int(),
  picture: byteArray,
  map: floatArray,
  /** Share of the film's detail that is left, 255 all of it; absent of the film itself, and in audits of earlier versions. */
  detail: byteArray.optional(),
  /** Of frame −1: the map of the flat picture that bits above flat count from; absent where no audit kept it. */
  flatMap: floatArray.optional(),
})
export type FrameView = z.infer<typeof frameView>

export const workstationCalls = {
  appInfo: { params: nothing, result: appInfo },
  listCases: { params: nothing, result: z.array(caseSummary) },
  /** How many films the store holds that cannot be read: they are not among the cases. */
  filmsLeftOut: { params: nothing, result: z.number().int() },
  /** Opens the file dialog; null where the user cancelled. */
  pickFiles: { params: z.strictObject({ folders: z.boolean() }), result: z.array(z.string()).nullable() },
  openCase: { params: byCase, result: caseDetail },
  removeCase: { params: byCase, result: nothing },
  setReportLabel: { params: z.strictObject({ caseId, label: reportLabel.nullable() }), result: caseSummary },
  /** Queues an audit; `confirmed` answers the film's warnings that must be confirmed. */
  startAudit: {
    params: z.strictObject({
      caseId,
      preset: presetName,
      objective: objectiveName,
      seed: z.number().int(),
      repeat: z.boolean(),
      restriction: auditRestriction.nullable().optional(),
      confirmed: z.boolean(),
    }),
    result: nothing,
  },
  cancelAudit: { params: byCase, result: nothing },
  /** An estimate of the counterpart before any audit; null where no simplifier fits the models in use. */
  instantEstimate: { params: byCase, result: instantEstimate.nullable() },
  frame: { params: z.strictObject({ caseId, frame: z.number().int().min(-1) }), result: frameView },
  /** Asks where to save, writes the PDF; null where the user cancelled. */
  exportReport: {
    params: z.strictObject({ caseId, identification }),
    result: savedFile,
  },
  showInFolder: { params: z.strictObject({ path: z.string() }), result: nothing },
  getSettings: { params: nothing, result: settings },
  /** The folder of data is chosen in a dialog (`labPickData`), not named by the window. */
  setSettings: { params: settings.omit({ dataFolder: true }).partial(), result: settings },
  restartEngine: { params: nothing, result: engineState },
  ...labCalls,
  ...zoneCalls,
  ...cohortCalls,
  ...explainCalls,
  ...importCalls,
  ...storeCalls,
  ...reviewCalls,
  ...ownClassifierCalls,
  ...marksCalls,
  ...filmWindowCalls,
} as const
type WorkstationCalls = typeof workstationCalls
export type WorkstationCall = keyof WorkstationCalls
export type CallParams<C extends WorkstationCall> = z.infer<WorkstationCalls[C]['params']>
export type CallResult<C extends WorkstationCall> = z.infer<WorkstationCalls[C]['result']>

/** What the main side's handler of a call gives: nothing at all where the call has no result. */
export type Handled<C extends WorkstationCall> = [CallResult<C>] extends [null] ? Promise<void> : Promise<CallResult<C>>
/** Handlers of some of the calls; params are trusted, the edge has checked them. */
export type CallTable<C extends WorkstationCall> = {
  readonly [K in C]: (params: CallParams<K>) => Handled<K>
}

/** What the main side tells the window unasked. */
export const workstationEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('case'), summary: caseSummary }),
  z.strictObject({ type: z.literal('caseRemoved'), caseId }),
  z.strictObject({
    type: z.literal('import'),
    done: z.number().int(),
    total: z.number().int(),
    file: z.string(),
    secondsLeft: z.number().nullable(),
  }),
  z.strictObject({
    type: z.literal('auditStarted'),
    caseId,
    original: z.strictObject({
      bits: z.number(),
      bpd: z.number(),
      probability: z.number(),
      matchingDistance: z.number(),
    }),
    flatBits: z.number(),
    flatMap: floatArray,
    threshold: z.number(),
    originalMap: floatArray,
  }),
  z.strictObject({
    type: z.literal('auditPoint'),
    caseId,
    point: foundStop,
    frame: frameView,
    /** Whether it may take the instant estimate's place. */
    usable: z.boolean(),
  }),
  z.strictObject({ type: z.literal('auditProgress'), caseId, progress }),
  z.strictObject({ type: z.literal('auditDone'), caseId, record: auditRecord }),
  z.strictObject({ type: z.literal('auditFailed'), caseId, error: wireError }),
  z.strictObject({ type: z.literal('engine'), state: engineState }),
  ...labEvents,
  ...explainEvents,
  ...reviewEvents,
  ...filmWindowEvents,
])
export type WorkstationEvent = z.infer<typeof workstationEvent>
/** Takes one event of the stream: whoever tells it, and whoever hears it. */
export type Tell = (event: WorkstationEvent) => void

/** A refused or failed call crosses the bridge as data, not as an exception: Electron would strip its code. */
export type CallAnswer<C extends WorkstationCall> =
  | { readonly ok: true; readonly result: CallResult<C> }
  | { readonly ok: false; readonly error: z.infer<typeof wireError> }

/** The type of `window.api` (electron/preload.ts provides it, renderer/api.ts alone uses it). */
export interface WorkstationApi {
  call<C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallAnswer<C>>
  /** Subscribes to the stream of events; returns the unsubscriber. */
  onEvent(listener: Tell): () => void
  /** The path of a dropped file (Electron's webUtils). */
  pathOfFile(file: unknown): string
}
