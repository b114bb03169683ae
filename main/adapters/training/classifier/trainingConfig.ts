import { z } from 'zod'
import { classifierConfig } from '../../../../contract'

const share = z.number().min(0).max(1)

/** models/<name>/training.json: everything that decides what a classifier training does. */
export const classifierTraining = z.strictObject({
  name: z.string(),
  seed: z.number().int(),
  net: classifierConfig,
  steps: z.number().int().positive(),
  batch: z.number().int().min(2),
  rate: z.number().positive(),
  warmUp: z.number().int().nonnegative(),
  /** Share of the peak rate at the end of the cosine. */
  floor: share,
  weightDecay: z.number().nonnegative(),
  clip: z.number().positive(),
  averageDecay: share,
  otherHeads: z.number().nonnegative(),
  teacher: share,
  positives: share,
  mixUp: share,
  augment: z.strictObject({
    shift: share,
    scale: share,
    rotation: z.number().nonnegative(),
    flip: share,
    gamma: z.number().nonnegative(),
  }),
  /** Chance of a film in another shape with black bars, from this share of the training on: plain films are learnt faster. */
  letterbox: z.strictObject({ chance: share, fromShare: share }),
  /** Patient-wise cross-validation: number of folds, the seed of the deal, and the fold left out (null: train on everything). */
  folds: z.strictObject({
    count: z.number().int().min(2),
    seed: z.number().int(),
    held: z.number().int().nonnegative().nullable(),
  }),
  checkpointEvery: z.number().int().positive(),
  logEvery: z.number().int().positive(),
})
export type ClassifierTraining = z.infer<typeof classifierTraining>
