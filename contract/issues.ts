import type { z } from 'zod'

/**
 * What is wrong with what was checked, a field each ("steps.0: Too small"), without the values: those may be a patient's.
 *
 * @param whole stands for what was checked where a fault is of no single field
 */
export const issuesOf = (error: z.ZodError, whole: string): string[] =>
  error.issues.map(({ path, message }) => `${path.join('.') || whole}: ${message}`)
