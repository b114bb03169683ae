import { z } from 'zod'

/** What the report says of the film, as far as known. Never guessed. */
export const reportLabel = z.enum(['effusion', 'no effusion'])
export type ReportLabel = z.infer<typeof reportLabel>
