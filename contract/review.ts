import { z } from 'zod'
import { modelName, sha256 } from './ids'
import { isEffusion } from './shared'

/** The review flow: which films to look at first, and what a reader writes down of each. */

/** Work lists within the worklist. All but `done` and `unaudited` hold only films that the present reader has yet to read. */
export const queueName = z.enum(['false-positive', 'false-negative', 'borderline', 'alarm', 'unaudited', 'done'])
export type QueueName = z.infer<typeof queueName>

export type QueueSort = 'wrongness' | 'added' | 'title' | 'date' | 'probability'

/** Who reads: a name as it shall stand in the report. */
export const readerName = z.string().trim().min(1).max(100)

const effusionSeen = z.enum(['left', 'right', 'both', 'none', 'uncertain'])
export type EffusionSeen = z.infer<typeof effusionSeen>
const effusionSize = z.enum(['small', 'moderate', 'large'])
export type EffusionSize = z.infer<typeof effusionSize>
const modelAgreement = z.enum(['yes', 'no', 'unsure'])
export type ModelAgreement = z.infer<typeof modelAgreement>
/** Why the model erred, in the reader's judgement. */
const errorReason = z.enum([
  'device',
  'marker',
  'positioning',
  'other-pathology',
  'poor-film',
  'label-wrong',
  'unknown',
])
export type ErrorReason = z.infer<typeof errorReason>

/** What one reader says of one film. Null: not answered. */
export const finding = z
  .strictObject({
    effusion: effusionSeen.nullable(),
    /** Only where an effusion is seen. */
    size: effusionSize.nullable(),
    /** Does the reader agree with the model's decision? */
    agrees: modelAgreement.nullable(),
    /** Only where the reader disagrees. */
    reasons: z.array(errorReason).max(errorReason.options.length),
    text: z.string().max(20_000),
  })
  .refine(({ size, effusion }) => size === null || isEffusion(effusion), 'a size without an effusion')
  .refine(({ reasons, agrees }) => reasons.length === 0 || agrees === 'no', 'reasons without an error')
  .refine(({ reasons }) => new Set(reasons).size === reasons.length, 'a reason twice')
export type Finding = z.infer<typeof finding>

/** What a classifier had said of the film. */
export const modelAnswer = z.strictObject({
  name: modelName,
  sha256,
  /** Calibrated probability of effusion, 0 … 1. */
  probability: z.number(),
  present: z.boolean(),
  threshold: z.number(),
})
export type ModelAnswer = z.infer<typeof modelAnswer>

/**
 * One version of a reader's finding of a case. `draft`: being written, saved as it grows, not yet the reader's word; at
 * most one a reader. `given`: the reader's word of that time; later ones take its place, earlier ones stay as history.
 */
export const storedFinding = z.strictObject({
  /** Running number within the case, from 1: with the case its key. */
  number: z.number().int().positive(),
  reader: readerName,
  state: z.enum(['draft', 'given']),
  savedAt: z.iso.datetime(),
  finding,
  /** What `finding.agrees` is about. Absent: not answered, or of before it was kept. */
  about: modelAnswer.optional(),
})
export type StoredFinding = z.infer<typeof storedFinding>
