import { z } from 'zod'
import { classifierConfig } from '../../../../contract'
import { augmentation, scheduleFields, share } from '../configFields'

/** models/<name>/training.json: everything that decides what a classifier training does. */
export const classifierTrainingConfig = z.strictObject({
  name: z.string(),
  seed: z.number().int(),
  net: classifierConfig,
  steps: scheduleFields.steps,
  batch: z.number().int().min(2),
  rate: scheduleFields.rate,
  warmUp: scheduleFields.warmUp,
  floor: scheduleFields.floor,
  weightDecay: z.number().nonnegative(),
  clip: z.number().positive(),
  averageDecay: share,
  otherHeads: z.number().nonnegative(),
  teacher: share,
  positives: share,
  mixUp: share,
  augment: augmentation,
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
export type ClassifierTrainingConfig = z.infer<typeof classifierTrainingConfig>
