import { z } from 'zod'

/** Who the report names: a pseudonym by default. */
export const identification = z.enum(['pseudonym', 'full'])
export type Identification = z.infer<typeof identification>
