import { z } from 'zod'

/** The planted-shortcut benchmark: classifiers whose shortcut is known, and where each method sees it. */

/** What was planted on the films of one label while a classifier was trained; `none`: a clean classifier. */
const plantedSign = z.enum(['letter', 'tag', 'patch', 'none'])
export type PlantedSign = z.infer<typeof plantedSign>

const shortcutMethod = z.enum(['keptBits', 'detailLeft', 'filmBits', 'gradCam', 'integratedGradients', 'occlusion'])
export type ShortcutMethod = z.infer<typeof shortcutMethod>

/** Where one method's map of one film has its top. */
const shortcutHit = z.strictObject({
  method: shortcutMethod,
  /** Whether the map's highest pixel lies on the sign (within 4 pixels). */
  pointing: z.boolean(),
  /** Share, of as many of the highest pixels as the sign has, that lie on the sign. */
  topShare: z.number(),
  /** Share of the map's positive mass on the sign. */
  mass: z.number(),
})
export type ShortcutHit = z.infer<typeof shortcutHit>

/** One audited film. */
const shortcutFilm = z.strictObject({
  /** Index in the test split of the seeded deal. */
  film: z.number().int(),
  /** Sign drawn on the film; `none`: the film as it is. */
  drawn: plantedSign,
  probability: z.number(),
  /** The probability of the same film without the sign; null where none was drawn. */
  probabilityWithout: z.number().nullable(),
  decisionKept: z.boolean(),
  bitsLeft: z.number(),
  /** Pixels of the sign's place, 0 where none was drawn. */
  signPixels: z.number().int(),
  hits: z.array(shortcutHit),
  /** The alarm's measure: the highest share of fine detail left in border, markers or outside the body, 0 … 1. */
  peak: z.number().nullable(),
})
export type ShortcutFilm = z.infer<typeof shortcutFilm>

/** One classifier: how well it learnt, how far it leans on the sign, and the films audited with it. */
export const shortcutCell = z.strictObject({
  sign: plantedSign,
  seed: z.number().int(),
  steps: z.number().int(),
  /** On test films with the sign where the training had it, on test films without any, and with it on the other label. */
  auc: z.strictObject({ planted: z.number(), plain: z.number(), swapped: z.number() }),
  films: z.array(shortcutFilm),
  seconds: z.number(),
})
export type ShortcutCell = z.infer<typeof shortcutCell>

export const shortcutSummary = z.strictObject({
  schema: z.literal('simplebits.shortcuts/2'),
  command: z.string(),
  settings: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())])),
  cells: z.array(shortcutCell),
})
export type ShortcutSummary = z.infer<typeof shortcutSummary>
