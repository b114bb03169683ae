import { z } from 'zod'
import { auditOutcome, auditStart, foundStop, modelReference, objectiveName, presetName } from './audit'
import { byteArray, floatArray } from './binary'
import { wireError } from './errors'
import { experimentEvent, experimentRun } from './experiment'
import { explainMethods } from './explain'
import { flowMeasurementMethods } from './flowMeasurement'
import { modelName } from './ids'
import { modelInfo } from './models'
import { nothing } from './nothing'
import { ownNote, ownTest } from './ownClassifier'
import { progress } from './progress'

/**
 * Messages between the product and its engine process (a plain Node child process).
 * Each method has params, a result and, where it streams, an event. Typed arrays travel by structured clone.
 */
const levels = byteArray
const floats = floatArray

const backendName = z.enum(['tensorflow-gpu', 'tensorflow', 'wasm'])
export type BackendName = z.infer<typeof backendName>
export const backendChoice = z.enum(['auto', ...backendName.options])
export type BackendChoice = z.infer<typeof backendChoice>

export const engineInfo = z.strictObject({
  backend: backendName,
  /** One sentence a backend that was not taken: why. */
  refused: z.array(z.strictObject({ backend: backendName, reason: z.string() })),
  threads: z.number().int(),
  versions: z.record(z.string(), z.string()),
  models: z.array(modelInfo),
})

const auditRequest = z.strictObject({
  model: modelName,
  flow: modelName,
  picture: levels,
  preset: presetName,
  objective: objectiveName,
  seed: z.number().int(),
  start: auditStart,
  /** Repeat from further seeds for the certificate's repeatability. */
  repeat: z.boolean(),
  /** 1 where the film's pixels stay as they are, one a pixel; absent: all may be simplified. */
  keep: levels.optional(),
})
export type AuditRequest = z.infer<typeof auditRequest>

/** Streamed while an audit runs. `picture`, `map` and `detail` come with points that have a frame. */
export const auditEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('started'),
    originalMap: floats,
    originalBits: z.number(),
    originalBpd: z.number(),
    originalProbability: z.number(),
    /** Of the film itself. */
    originalMatchingDistance: z.number(),
    flatBits: z.number(),
    /** The flat picture's own, sums to `flatBits`. */
    flatMap: floats,
    threshold: z.number(),
  }),
  z.strictObject({
    kind: z.literal('point'),
    point: foundStop,
    picture: levels,
    map: floats,
    /** Share of the film's detail that is left, 255 all of it. */
    detail: levels,
    /** Whether it may take the instant estimate's place. */
    usable: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('progress'), progress }),
])
export type AuditEvent = z.infer<typeof auditEvent>

export const auditResult = z.strictObject({
  outcome: auditOutcome,
  model: modelReference,
  flow: modelReference,
  backend: backendName,
  versions: z.record(z.string(), z.string()),
  pictures: levels,
  maps: floats,
  details: levels,
  originalMap: floats,
  /** The flat picture's own, sums to `outcome.flatBits`. */
  flatMap: floats,
  simplifiedMap: floats,
  simplifiedPicture: levels,
  /** Share of the film's fine detail that the simplified picture has left, 255 all of it. */
  fineDetail: levels,
  /** Where the classifier is one of the user's own. */
  own: ownNote.optional(),
})
export type AuditResult = z.infer<typeof auditResult>

/** What one pass of a simplifier gives, before any audit: an estimate, never a result. */
export const instantEstimate = z.strictObject({
  picture: levels,
  /** Bits per pixel; sums to `bits`. */
  map: floats,
  bits: z.number(),
  bpd: z.number(),
  /** Share of the film's bits that is left. */
  bitsLeft: z.number(),
  aboveFlat: z.number(),
  probability: z.number(),
  decisionKept: z.boolean(),
  milliseconds: z.number(),
})
export type InstantEstimate = z.infer<typeof instantEstimate>

/** Trains a model into a folder, with progress; a cancel ends it with a checkpoint. */
const training = {
  params: z.strictObject({ config: z.unknown(), data: z.string(), out: z.string(), resume: z.boolean() }),
  result: z.strictObject({ directory: z.string(), metrics: z.record(z.string(), z.unknown()) }),
  event: progress,
} as const

export const engineMethods = {
  info: { params: nothing, result: engineInfo, event: nothing },
  classify: {
    params: z.strictObject({ model: modelName, pictures: levels, count: z.number().int().nonnegative() }),
    result: z.strictObject({
      threshold: z.number(),
      rows: z.array(z.strictObject({ probability: z.number(), logit: z.number(), decision: z.boolean() })),
    }),
    event: nothing,
  },
  bits: {
    params: z.strictObject({
      flow: modelName,
      pictures: levels,
      count: z.number().int().nonnegative(),
      noiseDraws: z.number().int().positive(),
    }),
    result: z.strictObject({
      rows: z.array(z.strictObject({ bits: z.number(), bpd: z.number(), sumOfMap: z.number(), map: floats })),
    }),
    event: nothing,
  },
  audit: { params: auditRequest, result: auditResult, event: auditEvent },
  /** Makes, while nothing else is asked for, what a first audit by these models would have to wait for. */
  prepare: {
    params: z.strictObject({ model: modelName, flow: modelName, objective: objectiveName }),
    result: nothing,
    event: nothing,
  },
  /** Tries a classifier that the user brought along on films; `labels`: whether the report names the finding, null: not known. */
  testClassifier: {
    params: z.strictObject({
      model: modelName,
      pictures: levels,
      count: z.number().int().positive(),
      labels: z.array(z.boolean().nullable()),
    }),
    result: ownTest,
    event: nothing,
  },
  /** The instant estimate of a film's counterpart: one pass of a simplifier. */
  instant: {
    params: z.strictObject({ model: modelName, flow: modelName, picture: levels }),
    result: instantEstimate.nullable(),
    event: nothing,
  },
  selfcheck: {
    params: z.strictObject({ directory: z.string() }),
    result: z.strictObject({
      rows: z.array(
        z.strictObject({
          set: z.string(),
          verdict: z.enum(['ok', 'OUT', 'not covered']),
          worst: z.string(),
          deviation: z.number().nullable(),
          limit: z.number().nullable(),
        }),
      ),
    }),
    event: nothing,
  },
  bench: {
    params: z.strictObject({
      configs: z.array(z.string()),
      batches: z.array(z.number().int().positive()),
      runs: z.number().int().positive(),
    }),
    result: z.strictObject({ rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))) }),
    event: z.strictObject({ row: z.record(z.string(), z.union([z.string(), z.number()])) }),
  },
  trainFlow: training,
  trainClassifier: training,
  trainSimplifier: training,
  /** Runs an experiment in its run folder, from where the folder stands; a cancel leaves a checkpoint. */
  experiment: {
    params: z.strictObject({ experiment: z.unknown(), data: z.string(), out: z.string(), resume: z.boolean() }),
    result: experimentRun,
    event: experimentEvent,
  },
  ...explainMethods,
  ...flowMeasurementMethods,
} as const
export type EngineMethods = typeof engineMethods
export type EngineMethod = keyof EngineMethods
export type EngineParams<M extends EngineMethod> = z.infer<EngineMethods[M]['params']>
export type EngineResult<M extends EngineMethod> = z.infer<EngineMethods[M]['result']>
export type EngineEvent<M extends EngineMethod> = z.infer<EngineMethods[M]['event']>

const callId = z.number().int().nonnegative()

/** To the engine: call a method, or cancel a call (it then ends soon, keeping what it has). */
export const toEngine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id: callId, method: z.string(), params: z.unknown() }),
  z.strictObject({ type: z.literal('cancel'), id: callId }),
])
export type ToEngine = z.infer<typeof toEngine>

/** From the engine: ready (or failed) once, then events and exactly one result or error for every call. */
export const fromEngine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('failed'), error: wireError }),
  z.strictObject({ type: z.literal('event'), id: callId, event: z.unknown() }),
  z.strictObject({ type: z.literal('result'), id: callId, result: z.unknown() }),
  /** `where`: of a fault of the engine itself (`faultOf`). */
  z.strictObject({
    type: z.literal('error'),
    id: callId,
    error: wireError,
    where: z.array(z.string()).optional(),
  }),
])
export type FromEngine = z.infer<typeof fromEngine>
