import { z } from 'zod'

/**
 * Fields that training configurations have in common. Each configuration names them one by one where they have always stood: a
 * checkpoint belongs to the configuration whose JSON, key by key, it was made with.
 */
export const share = z.number().min(0).max(1)

/** Warm-up and cosine: `Schedule` of the optimiser. */
export const scheduleFields = {
  steps: z.number().int().positive(),
  /** At its peak. */
  rate: z.number().positive(),
  /** Steps. */
  warmUp: z.number().int().nonnegative(),
  /** Share of the peak rate at the end of the cosine. */
  floor: share,
}

/** How far a film may be moved: `AugmentSettings`. */
export const augmentation = z.strictObject({
  shift: share,
  scale: share,
  rotation: z.number().nonnegative(),
  flip: share,
  gamma: z.number().nonnegative(),
})
