import { z } from 'zod'

/** Where a file went that the user was asked about; null where they cancelled. */
export const savedFile = z.strictObject({ path: z.string() }).nullable()
