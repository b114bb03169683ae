import { z } from 'zod'
import { auditRecord, objectiveName, pathPoint } from './audit'
import { byteArray, floatArray } from './binary'
import { furtherTests } from './certificateTests'
import { caseId, modelName } from './ids'
import { nothing } from './nothing'
import { progress } from './progress'

/** Other methods beside the audit, the knob pressed past it, and its further tests: engine methods, calls and events. */

/**
 * `keptBits`, `originalBits`: bit maps of counterpart and film. `keptDetail`: the share of the film's detail that the counterpart
 * has left. `random`: pixels in random order, the measure of chance, which has a row and no map.
 */
export const methodName = z.enum([
  'gradCam',
  'integratedGradients',
  'occlusion',
  'keptBits',
  'keptDetail',
  'originalBits',
  'random',
])
export type MethodName = z.infer<typeof methodName>

/** A method's map, [128 · 128]: change of the logit towards the decision, bits per pixel, or the share of the detail that is left. */
const methodMap = z.strictObject({ method: methodName, map: floatArray })
export type MethodMap = z.infer<typeof methodMap>

const area = z.number().min(0).max(1)
const curve = z.array(z.number())

export const methodRow = z.strictObject({
  method: methodName,
  /** Areas under the curves of the decision's probability; insertion is better high, deletion better low. */
  insertion: area,
  deletion: area,
  insertionCurve: curve,
  deletionCurve: curve,
  /** Likeness of its map with shuffled weights; null where it was not asked. */
  randomised: z.strictObject({ spearman: z.number(), ssim: z.number() }).nullable(),
  /** Mean rank correlation of its maps under different noises; null where it was not asked. */
  repeatability: z.number().nullable(),
  /** For the map alone; null where it was made elsewhere. */
  seconds: z.number().nullable(),
})
export type MethodRow = z.infer<typeof methodRow>

export const explanation = z.strictObject({
  /** What the classifier decided, and towards which every map and curve counts. */
  decision: z.boolean(),
  maps: z.array(methodMap),
  rows: z.array(methodRow),
  stopped: z.enum(['finished', 'cancelled']),
  seconds: z.number(),
})
export type Explanation = z.infer<typeof explanation>

const counterfactualStop = z.strictObject({
  point: pathPoint,
  picture: byteArray,
  map: floatArray,
  draws: z.strictObject({ kept: z.number().int(), of: z.number().int() }),
})
export type CounterfactualStop = z.infer<typeof counterfactualStop>

export const counterfactual = z.strictObject({
  /** Null where the picture it started from had already lost the decision. */
  lastKept: counterfactualStop.nullable(),
  /** Null where the decision did not flip within the budget. */
  firstFlipped: counterfactualStop.nullable(),
  points: z.array(pathPoint),
  /** Pressing alone did not flip it: what was left was faded to grey. */
  faded: z.boolean(),
  settings: z.record(z.string(), z.number()),
  /** `diverged`: numbers stopped being numbers on the way, so that nothing follows from where it got to. */
  stopped: z.enum(['finished', 'cancelled', 'diverged']),
  seconds: z.number(),
})
export type Counterfactual = z.infer<typeof counterfactual>

const models = { model: modelName, flow: modelName }
const seed = z.number().int()
const progressEvent = z.strictObject({ kind: z.literal('progress'), progress })

export const explainMethods = {
  /** Other methods' maps of one film's decision and the same checks for all. Cancelled, it answers with what it has. */
  explain: {
    params: z.strictObject({
      ...models,
      picture: byteArray,
      keptMap: floatArray.nullable(),
      /** Share of the film's detail that is left, 255 all of it. */
      keptDetail: byteArray.nullable(),
      seed,
      searches: z.boolean(),
    }),
    result: explanation,
    event: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('map'), method: methodName, map: floatArray, decision: z.boolean() }),
      z.strictObject({ kind: z.literal('row'), row: methodRow }),
      progressEvent,
    ]),
  },
  /** Presses on from an audit's counterpart until the decision flips. */
  counterfactual: {
    params: z.strictObject({
      ...models,
      picture: byteArray,
      start: byteArray,
      pressure: z.number().positive(),
      objective: objectiveName,
      seed,
    }),
    result: counterfactual,
    event: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('stop'), point: pathPoint, picture: byteArray }),
      progressEvent,
    ]),
  },
  /** Tests an audit further. What was cancelled, or has no second classifier, is left out. */
  furtherTests: {
    params: z.strictObject({
      ...models,
      picture: byteArray,
      simplified: byteArray,
      objective: objectiveName,
      seed,
      randomise: z.boolean(),
      fresh: modelName.nullable(),
    }),
    result: furtherTests,
    event: progressEvent,
  },
} as const

/** What a published model says of a film, where that is known. */
export const secondOpinion = z.strictObject({
  /** "DenseNet-121 (CheXNet reproduction)". */
  model: z.string(),
  source: z.string(),
  /** Probability of pleural effusion. */
  effusion: z.number(),
  /** Its next most probable findings. */
  others: z.array(z.strictObject({ finding: z.string(), probability: z.number() })),
})
export type SecondOpinion = z.infer<typeof secondOpinion>

const byCase = z.strictObject({ caseId })

export const explainCalls = {
  /**
   * Answers when all is there; maps, rows and progress come as events. Known results are given at once. `confirmed` answers the
   * film's warnings that must be confirmed; an audit has answered them already.
   */
  explainCase: { params: byCase.extend({ confirmed: z.boolean().optional() }), result: explanation },
  /** What is known already; null where nothing was computed for this film, audit and model. */
  knownExplanation: {
    params: byCase,
    result: z.strictObject({ explanation: explanation.nullable(), counterfactual: counterfactual.nullable() }),
  },
  counterfactualOf: { params: byCase, result: counterfactual },
  /** Which second classifier would be asked; null where none is installed. */
  freshClassifier: { params: nothing, result: modelName.nullable() },
  /** Tests the case's audit further and keeps the outcome in its record, which is the answer. */
  testFurther: { params: byCase, result: auditRecord },
  /** Ends what runs for the case; what stands is kept. */
  cancelExplain: { params: byCase, result: nothing },
  secondOpinion: { params: byCase, result: secondOpinion.nullable() },
} as const

const explainTask = z.enum(['methods', 'counterfactual', 'tests'])
export type ExplainTask = z.infer<typeof explainTask>

export const explainEvents = [
  z.strictObject({ type: z.literal('explainMap'), caseId, decision: z.boolean(), map: methodMap }),
  z.strictObject({ type: z.literal('explainRow'), caseId, row: methodRow }),
  z.strictObject({ type: z.literal('explainStop'), caseId, point: pathPoint, picture: byteArray }),
  z.strictObject({ type: z.literal('explainProgress'), caseId, task: explainTask, progress }),
] as const
