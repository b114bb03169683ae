import { z } from 'zod'
import { modelReference } from './audit'
import { modelName } from './ids'
import { progress } from './progress'

/** What a flow and a lossless codec need for one film that the flow's training held out; bits a pixel throughout. */
const measuredFilm = z.strictObject({
  /** The rows of the table that it counts in: all, source, view. */
  groups: z.array(z.string()),
  /** The flow, of the picture that the model sees, through the window: bits per dimension. */
  windowed: z.number(),
  /** The same in stored grey levels; what the window cut off is charged its whole range. */
  storedCut: z.number(),
  /** The flow, of the film in its stored grey levels, through the window held open: nothing is cut off. */
  storedOpen: z.number(),
  /** log2 of the levels that the window makes of one stored grey. */
  log2Stretch: z.number(),
  /** Share of pixels at level 0 or 255. */
  cutOff: z.number().min(0).max(1),
  /** Lossless JPEG-LS, header included, of the picture that the model sees, and of the film in stored grey levels. */
  jpegLs: z.strictObject({ windowed: z.number(), stored: z.number() }),
})
export type MeasuredFilm = z.infer<typeof measuredFilm>

const flowMeasurement = z.strictObject({
  flow: modelReference,
  /** Films trained on. */
  trained: z.number().int(),
  films: z.array(measuredFilm),
})
export type FlowMeasurement = z.infer<typeof flowMeasurement>

/** Measures a flow on what its own training held out. */
export const flowMeasurementMethods = {
  measureFlow: {
    params: z.strictObject({ flow: modelName, data: z.string() }),
    result: flowMeasurement,
    event: progress,
  },
} as const
