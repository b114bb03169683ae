import { z } from 'zod'
import { patientKey } from './ids'

/** Who, when and how, as far as the film's file says it; null where it does not. Never guessed. */
export const caseIdentity = z.strictObject({
  patientKey: patientKey.nullable(),
  studyUid: z.string().nullable(),
  seriesUid: z.string().nullable(),
  sopInstanceUid: z.string().nullable(),
  /** "2017-01-03". */
  studyDate: z.string().nullable(),
  sex: z.enum(['M', 'F', 'O']).nullable(),
  /** Years; below one year with two decimals. */
  age: z.number().nonnegative().nullable(),
  /** View position: "PA", "AP" … */
  view: z.string().nullable(),
  modality: z.string().nullable(),
})
export type CaseIdentity = z.infer<typeof caseIdentity>
