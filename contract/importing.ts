import { z } from 'zod'
import { wireError } from './errors'
import { caseId } from './ids'
import { nothing } from './nothing'

/** Of one import: a medium, or a list, that names more is no medium of films. */
export const MOST_FILES_AN_IMPORT = 100_000

/** Bringing films in, and finding them again. */
export const importCalls = {
  /** Files or folders; answers when all are read, progress comes as events. */
  importFiles: {
    params: z.strictObject({
      paths: z.array(z.string()).min(1).max(MOST_FILES_AN_IMPORT),
      /** Copy them into the store, whatever the settings say. */
      copy: z.boolean().optional(),
    }),
    result: z.strictObject({
      added: z.array(caseId),
      alreadyThere: z.number().int(),
      failed: z.array(z.strictObject({ file: z.string(), error: wireError })),
      /** What lay in folders and is no film, or a link to a folder, which is not followed. */
      skipped: z.number().int(),
      /** The user ended it; what had come in stays. */
      cancelled: z.boolean(),
    }),
  },
  /** Ends the running imports after the films that are being read; what has come in stays. */
  cancelImport: { params: nothing, result: nothing },
  /** Asks for the film's file where it is now; false where the user cancelled. Refused where it is another film. */
  locateFilm: { params: z.strictObject({ caseId }), result: z.boolean() },
} as const
