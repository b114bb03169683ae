import { z } from 'zod'
import { caseId } from './ids'
import { nothing } from './nothing'

/** Bringing films in, and finding them again: what the window asks beside `importFiles`. */
export const importCalls = {
  /** Ends the running imports after the films that are being read; what has come in stays. */
  cancelImport: { params: nothing, result: nothing },
  /** Asks for the film's file where it is now; false where the user cancelled. Refused where it is another film. */
  locateFilm: { params: z.strictObject({ caseId }), result: z.boolean() },
} as const
