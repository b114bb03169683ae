import { z } from 'zod'
import { auditRecord, objectiveName, pathPoint, presetName } from './audit'
import { backendChoice, engineInfo, instantEstimate } from './engine'
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
import { storeCalls } from './store'
import { reportLabel } from './reportLabel'
import { queueName } from './review'
import { RESEARCH_USE_ONLY } from './shared'
import { auditRestriction, shortcutAlarm, zoneCalls } from './zones'
import { reviewCalls, reviewEvents } from './reviewCalls'

/**
 * Messages between the window and the main side: `window.api` has exactly these calls and this one stream of events.
 * Params and results are checked on arrival; pixels of films do not travel here but under `app://film/<caseId>`.
 */

export const caseStatus = z.enum(['new', 'reading', 'ready', 'queued', 'auditing', 'audited', 'failed'])
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
      flow: sha256,
      /** Of the whole film, and finished: only such audits are comparable. */
      whole: z.boolean(),
    })
    .nullable(),
  /** Names of the readers who have given a finding, in order. */
  readBy: z.array(z.string()),
  /** Where it stands for the present reader (`main/domain/review`). */
  queues: z.array(queueName),
  /** Confidence × error, −1 (surely right) … 1 (surely wrong); null where label or decision is not known. */
  wrongness: z.number().nullable(),
  /** Of the last audit: whether much of what survived lies where no anatomy is; null where that is not known. */
  alarm: shortcutAlarm.nullable(),
  error: wireError.nullable(),
  warnings: z.array(filmWarning),
})
export type CaseSummary = z.infer<typeof caseSummary>

/** Everything the case view needs, pixels apart. */
export const caseDetail = z.strictObject({
  summary: caseSummary,
  header: filmHeader,
  /** app:// address of the stored pixels (little-endian, row-major; type by header.bitsStored/signed). */
  pixelsUrl: z.string(),
  pixelType: z.enum(['uint8', 'int8', 'uint16', 'int16']),
  modelInput: z.strictObject({ record: modelInputRecord, pixels: byteArray }),
  threshold: z.number(),
  audit: auditRecord.nullable(),
  /** Free text from before findings had a text of their own; goes over into the first reader's finding. */
  notes: z.string(),
})
export type CaseDetail = z.infer<typeof caseDetail>

export const settings = z.strictObject({
  preset: presetName,
  objective: objectiveName,
  seed: z.number().int(),
  backend: backendChoice,
  identification,
  reader: z.string(),
  /** Films that come in are copied into the store, enciphered. */
  copyFilms: z.boolean(),
  layout: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
})
export type Settings = z.infer<typeof settings>

export const engineState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('starting') }),
  z.strictObject({ state: z.literal('ready'), info: engineInfo }),
  z.strictObject({ state: z.literal('dead'), message: z.string() }),
])
export type EngineState = z.infer<typeof engineState>

export const appInfo = z.strictObject({
  version: z.string(),
  engine: engineState,
  researchUseOnly: z.literal(RESEARCH_USE_ONLY),
  platform: z.string(),
  electron: z.string(),
})
export type AppInfo = z.infer<typeof appInfo>

const byCase = z.strictObject({ caseId })

/** Picture and bit map (bits per pixel) of one stop on the way; frame −1 is the film as the model sees it. */
export const frameView = z.strictObject({
  frame: z.number().int(),
  picture: byteArray,
  map: floatArray,
})
export type FrameView = z.infer<typeof frameView>

export const workstationCalls = {
  appInfo: { params: nothing, result: appInfo },
  listCases: { params: nothing, result: z.array(caseSummary) },
  /** How many films the store holds that cannot be read: they are not among the cases. */
  filmsLeftOut: { params: nothing, result: z.number().int() },
  /** Opens the file dialog; null where the user cancelled. */
  pickFiles: { params: z.strictObject({ folders: z.boolean() }), result: z.array(z.string()).nullable() },
  /** Files or folders; answers when all are read, progress comes as events. */
  importFiles: {
    params: z.strictObject({
      paths: z.array(z.string()).min(1).max(1000),
      /** Copy them into the store, whatever the settings say. */
      copy: z.boolean().optional(),
    }),
    result: z.strictObject({
      added: z.array(caseId),
      alreadyThere: z.number().int(),
      failed: z.array(z.strictObject({ file: z.string(), error: wireError })),
      /** The user ended it; what had come in stays. */
      cancelled: z.boolean(),
    }),
  },
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
    result: z.strictObject({ path: z.string() }).nullable(),
  },
  showInFolder: { params: z.strictObject({ path: z.string() }), result: nothing },
  getSettings: { params: nothing, result: settings },
  setSettings: { params: settings.partial(), result: settings },
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
export type WorkstationCalls = typeof workstationCalls
export type WorkstationCall = keyof WorkstationCalls
export type CallParams<C extends WorkstationCall> = z.infer<WorkstationCalls[C]['params']>
export type CallResult<C extends WorkstationCall> = z.infer<WorkstationCalls[C]['result']>

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
    original: z.strictObject({ bits: z.number(), bpd: z.number(), probability: z.number() }),
    flatBits: z.number(),
    threshold: z.number(),
    originalMap: floatArray,
  }),
  z.strictObject({
    type: z.literal('auditPoint'),
    caseId,
    point: pathPoint,
    frame: frameView.nullable(),
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

/** A refused or failed call crosses the bridge as data, not as an exception: Electron would strip its code. */
export type CallAnswer<C extends WorkstationCall> =
  | { readonly ok: true; readonly result: CallResult<C> }
  | { readonly ok: false; readonly error: z.infer<typeof wireError> }

/** The type of `window.api` (electron/preload.ts provides it, renderer/api.ts alone uses it). */
export interface WorkstationApi {
  call<C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallAnswer<C>>
  /** Subscribes to the stream of events; returns the unsubscriber. */
  onEvent(listener: (event: WorkstationEvent) => void): () => void
  /** The path of a dropped file (Electron's webUtils). */
  pathOfFile(file: unknown): string
}
