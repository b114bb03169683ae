import { z } from 'zod'
import { modelName } from '../../../../contract'
import { augmentation, scheduleFields, share } from '../configFields'

/** models/<simplifier>/training.json: everything that shapes a simplifier's training but data, classifier and flow. */
export const simplifierTrainingConfig = z.strictObject({
  name: modelName,
  seed: z.number().int(),
  /** The classifier whose use of the film is to be kept, and the flow that counts the bits. */
  classifier: modelName,
  flow: modelName,
  /** Channels of the U-Net at full resolution. */
  width: z.number().int().positive(),
  /**
   * σ in pixels of the blur that its change is added to. A flow that prices every grain of a film rewards no small smoothing: from
   * the film itself a simplifier then learns nothing.
   */
  blur: z.number().positive().optional(),
  batch: z.number().int().min(1),
  steps: scheduleFields.steps,
  rate: scheduleFields.rate,
  warmUp: scheduleFields.warmUp,
  floor: scheduleFields.floor,
  clip: z.number().positive(),
  averageDecay: share,
  pressure: z.number().min(0),
  pressureRise: z.number().int().nonnegative(),
  klWeight: z.number().min(0),
  /** One patient-wise fold of this many is held out to measure on. */
  folds: z.number().int().min(2),
  augment: augmentation,
  checkpointEvery: z.number().int().positive(),
})
export type SimplifierTrainingConfig = z.infer<typeof simplifierTrainingConfig>
