import { z } from 'zod'

/** Progress of a long computation, with an honest guess of the time left (null until there is one). */
export const progress = z.strictObject({
  done: z.number(),
  total: z.number(),
  secondsLeft: z.number().nullable(),
  note: z.string(),
})
export type Progress = z.infer<typeof progress>
