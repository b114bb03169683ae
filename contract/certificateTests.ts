import { z } from 'zod'
import { modelName, sha256 } from './ids'

/**
 * Further tests of an audit, on request; optional parts of its record (audit.json), so that records without them stay valid.
 */

/** How like two searches' results are. */
const searchLikeness = z.strictObject({
  /** Pearson correlation of the counterparts' pixels. */
  pixelCorrelation: z.number(),
  /** Spearman correlation of the kept bit maps. */
  mapCorrelation: z.number(),
  /** Spearman correlation of the maps of the detail left. Absent in tests of earlier versions. */
  detailCorrelation: z.number().optional(),
})

/** The weight-randomisation check: short searches with the model's own weights and with shuffled ones. */
export const randomisedCheck = z.strictObject({
  seed: z.number().int(),
  /** Own weights against shuffled ones. */
  shuffled: searchLikeness,
  /** For comparison: own weights, two seeds. */
  own: searchLikeness,
  /** Matching distance, by the model itself, of the two counterparts. */
  shuffledDistance: z.number(),
  ownDistance: z.number(),
  /** Whether the model decides on the shuffled weights' counterpart as on the film. */
  decisionKept: z.boolean(),
  seconds: z.number(),
})

const secondReading = z.strictObject({ probability: z.number(), decision: z.boolean() })

/** What a second classifier, which never saw the optimisation, says of film and counterpart. */
const freshScore = z.strictObject({
  model: z.strictObject({ name: modelName, sha256 }),
  threshold: z.number(),
  film: secondReading,
  simplified: secondReading,
})
export type FreshScore = z.infer<typeof freshScore>

export const furtherTests = z.strictObject({
  randomised: randomisedCheck.optional(),
  fresh: freshScore.optional(),
})
export type FurtherTests = z.infer<typeof furtherTests>
