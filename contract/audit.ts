import { z } from 'zod'
import { furtherTests } from './certificateTests'
import { modelInputRecord } from './film'
import { modelName, sha256 } from './ids'
import { ownNote } from './ownClassifier'
import { RESEARCH_USE_ONLY } from './shared'
import { recordedRestriction, zoneReport } from './zones'

export const objectiveName = z.enum(['activation', 'gradient'])
export type ObjectiveName = z.infer<typeof objectiveName>
/** Where a search starts: from the film with its finest detail weakened, or from the instant estimate where there is one for the models. */
export const auditStart = z.enum(['film', 'estimate'])
export type AuditStart = z.infer<typeof auditStart>
/** An estimate saves steps, not bits, and the alarm is set for searches from the film (docs/results/audit.md). */
export const USUAL_START: AuditStart = 'film'
export const presetName = z.enum(['quick', 'standard', 'thorough'])
export type PresetName = z.infer<typeof presetName>

/** What one picture costs and what the classifier says of it. Bits: mean over `noiseDraws` seeded dequantisation noises. */
const pictureFigures = z.strictObject({
  bits: z.number(),
  /** Bits per dimension (pixel); below 0 or above about 16 is outside the model's range. */
  bpd: z.number(),
  /** Information above a flat picture: (bits − bits(flat)) / (bits(original) − bits(flat)); the original has 1. */
  aboveFlat: z.number(),
  /** Calibrated probability of the finding, 0 … 1. */
  probability: z.number(),
  logit: z.number(),
  noiseDraws: z.number().int().positive(),
})
export type PictureFigures = z.infer<typeof pictureFigures>

const filmFigures = pictureFigures.extend({
  /** Of the film itself: what every other matching distance is to be read beside. Absent in records of earlier versions. */
  matchingDistance: z.number().optional(),
})

/** Mean, standard deviation and extremes over noise draws or seeds. `sd` with n − 1; in older records with n. */
const spread = z.strictObject({ mean: z.number(), sd: z.number(), min: z.number(), max: z.number() })
export type Spread = z.infer<typeof spread>

/** One stop on the way from the film to its simplest counterpart. */
export const pathPoint = z.strictObject({
  step: z.number().int().nonnegative(),
  /** Weight of bits in the objective at this stop: how hard the simplification pressed. */
  pressure: z.number(),
  bits: z.number(),
  bpd: z.number(),
  aboveFlat: z.number(),
  probability: z.number(),
  /**
   * 1 − mean cosine between what speaks for the decision in the film and what the network uses in the counterpart. The film
   * itself does not lie at 0 (`original.matchingDistance`); it can exceed 1.
   */
  matchingDistance: z.number(),
  /** KL divergence of the decision, nats. */
  kl: z.number(),
  decisionKept: z.boolean(),
  /**
   * Share of the film's detail that is left, 0 … 1, scale by scale from the finest on (`detailSigmas`). Absent in records of
   * earlier versions.
   */
  detail: z.array(z.number()).optional(),
  seconds: z.number(),
  /** Index into the stored frames where this stop has a picture. */
  frame: z.number().int().nonnegative().nullable(),
})
export type PathPoint = z.infer<typeof pathPoint>

/** A stop as it is found: each has its picture. */
export const foundStop = pathPoint.extend({ frame: z.number().int().nonnegative() })
export type FoundStop = z.infer<typeof foundStop>

/** A cheap picture of about the same bits: what plain processing would have done to the decision. */
const rival = z.strictObject({
  /** `start` is in audits of earlier versions only. */
  kind: z.enum(['blur', 'jpeg', 'even', 'start']),
  /**
   * Blur: standard deviation in model pixels. JPEG: quality 1 … 100. Even: share of the film's detail. Start: share
   * of the way from flat to the film; null: the instant estimate.
   */
  setting: z.number().nullable(),
  figures: pictureFigures,
  decisionKept: z.boolean(),
  kl: z.number(),
  matchingDistance: z.number(),
})
export type Rival = z.infer<typeof rival>

const certificate = z.strictObject({
  /** Same decision for the counterpart under every noise draw. */
  decisionKept: z.boolean(),
  noiseDraws: z.number().int(),
  draws: z.strictObject({ kept: z.number().int(), of: z.number().int() }),
  logitDifference: spread,
  kl: spread,
  activationDistance: spread,
  gradientDistance: spread.nullable(),
  layers: z.array(
    z.strictObject({ name: z.string(), activationDistance: z.number(), gradientDistance: z.number().nullable() }),
  ),
  /** The same audit from other seeds, on request. */
  repeatability: z
    .strictObject({
      seeds: z.array(z.number().int()),
      bits: spread,
      decisionsKept: z.number().int(),
      /** Pearson correlation of the counterparts' pixels, lowest pair; over those that may change (in audits of one part by earlier versions: over all). */
      pixelCorrelation: z.number(),
    })
    .nullable(),
})
export type Certificate = z.infer<typeof certificate>

export const modelReference = z.strictObject({ name: modelName, sha256 })

/** What the engine finds out about one model input. */
export const auditOutcome = z.strictObject({
  objective: objectiveName,
  preset: presetName,
  seed: z.number().int(),
  /** Every number that shaped the run (steps, learning rates, weights, thresholds). */
  settings: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())])),
  flatBits: z.number(),
  original: filmFigures,
  simplified: pictureFigures.extend({ step: z.number().int(), pressure: z.number(), frame: z.number().int() }),
  decisionKept: z.boolean(),
  /** Probability at and above which the classifier says "effusion". */
  threshold: z.number(),
  certificate,
  rivals: z.array(rival),
  path: z.array(pathPoint),
  /**
   * Between which scales `PathPoint.detail` tells apart: σ in model pixels, ascending, one fewer than there are scales. A blur
   * of σ takes away all that is finer. Absent in records of earlier versions.
   */
  detailSigmas: z.array(z.number()).optional(),
  /** `cancelled`: before the search was through. What a later cancel left unmeasured is among the warnings. */
  stopped: z.enum(['finished', 'cancelled']),
  /** Until the first stop within the limits with at most half of the film's bits (of a film of which a part must stay: with fewer bits). */
  firstUsableSeconds: z.number().nullable(),
  seconds: z.number(),
  warnings: z.array(z.string()),
})
export type AuditOutcome = z.infer<typeof auditOutcome>

/** audit.json: the record of one audit, version 1. Unknown keys are refused; a change of meaning is a new version. */
export const auditRecord = auditOutcome.extend({
  schema: z.literal('simplebits.audit/1'),
  createdAt: z.iso.datetime(),
  input: z.strictObject({ file: z.string(), sha256, modelInput: modelInputRecord }),
  model: modelReference,
  /** Where that is a classifier of the user's own: what it saw, and how. */
  own: ownNote.optional(),
  flow: modelReference,
  backend: z.string(),
  versions: z.record(z.string(), z.string()),
  /** Where the bits lie; absent in records of older versions. */
  zones: zoneReport.optional(),
  /** Absent: the whole picture was simplified. */
  restriction: recordedRestriction.optional(),
  researchUseOnly: z.literal(RESEARCH_USE_ONLY),
  /** Weight randomisation and fresh classifier, where they were asked for. */
  tests: furtherTests.optional(),
})
export type AuditRecord = z.infer<typeof auditRecord>

/**
 * Pictures and maps of the way, index = PathPoint.frame: levels [n,128,128], bits per pixel [n,128,128], and the share of the
 * film's detail that is left, 255 all of it [n,128,128]; null in audits of earlier versions.
 */
export interface AuditFrames {
  readonly count: number
  readonly pictures: Uint8Array
  readonly maps: Float32Array
  readonly details: Uint8Array | null
}
