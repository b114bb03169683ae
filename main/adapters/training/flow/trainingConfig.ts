import { z } from 'zod'
import { flowConfig, modelName } from '../../../../contract'
import { augmentation, scheduleFields, share } from '../configFields'

/** models/<flow>/training.json: everything that shapes a flow's training but the data. */
export const flowTrainingConfig = z.strictObject({
  name: modelName,
  seed: z.number().int(),
  /** What it is trained on: radiographs of 128 or 64 pixels, or a broad set of small colour pictures. */
  source: z.enum(['radiographs', 'photos']).default('radiographs'),
  flow: flowConfig,
  /**
   * A trained flow whose averaged weights the training goes on from, in place of a data-dependent start: of the same shape, or
   * with fewer steps or hidden channels, from which it then grows.
   */
  startFrom: modelName.optional(),
  /** Seed of what each step draws, where it is not `seed`: a training that goes on from another sees other pictures and noise. */
  drawSeed: z.number().int().optional(),
  batch: z.number().int().min(2),
  /** Films of the data-dependent start. */
  firstBatch: z.number().int().min(2),
  steps: scheduleFields.steps,
  rate: scheduleFields.rate,
  warmUp: scheduleFields.warmUp,
  floor: scheduleFields.floor,
  clip: z.number().positive(),
  /** The averaged weights' `averageDecay`; files and checkpoints know it by this name. */
  emaDecay: share,
  weightDecay: z.number().min(0),
  /** One patient-wise fold of this many is held out to measure on. */
  folds: z.number().int().min(2),
  augment: augmentation,
  /**
   * Share of the films of 256 pixels that are turned and scaled too. That resamples them, which takes grain away and with it
   * 0.15 bits a pixel; the others are shifted by whole pixels and keep it.
   */
  resampledShare: share.default(1),
  /** Share of the films of 256 pixels that come in another shape, with black bars, as most DICOM films do. */
  letterboxedShare: share.default(0),
  /** Share of each batch that is smoothed by a Gaussian of up to `largestBlur` model pixels: a flow overcharges for what it never saw. */
  smoothedShare: share,
  largestBlur: z.number().positive(),
  checkpointEvery: z.number().int().positive(),
  evaluateEvery: z.number().int().positive(),
  evaluateFilms: z.number().int().positive(),
})
export type FlowTrainingConfig = z.infer<typeof flowTrainingConfig>
