import { z } from 'zod'
import { issuesOf } from './issues'

/** Every way the product can fail, as a closed list. A message beside the code says what happened and what to do. */
export const errorCode = z.enum([
  'BAD_REQUEST',
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_CHANGED',
  'NOT_AN_IMAGE',
  'DICOM_CORRUPT',
  'UNSUPPORTED_TRANSFER_SYNTAX',
  'UNSUPPORTED_PIXELS',
  'MULTI_FRAME',
  'COLOUR',
  'NO_PIXELS',
  'WRONG_MODALITY',
  'DECODE_TIMEOUT',
  'TOO_LARGE',
  'MODEL_NOT_FOUND',
  'MODEL_CORRUPT',
  'MODEL_UNSUITABLE',
  'BACKEND_UNAVAILABLE',
  'ENGINE_DIED',
  'CASE_NOT_FOUND',
  'CANCELLED',
  'WRITE_FAILED',
  'STORE_LOCKED',
  'STORE_IN_USE',
  'KEY_STORE_SILENT',
  'WRONG_PASSPHRASE',
  'DATA_MISSING',
  'TRAINING_FAILED',
  'INTERNAL',
])
export type ErrorCode = z.infer<typeof errorCode>

/** An error as it crosses a process boundary. */
export const wireError = z.strictObject({ code: errorCode, message: z.string() })
export type WireError = z.infer<typeof wireError>

/** The one error class of the product: a closed code, a sentence for the user, and the cause for the log. */
export class SimpleBitsError extends Error {
  override readonly name = 'SimpleBitsError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }

  toWire(): WireError {
    return { code: this.code, message: this.message }
  }

  static fromWire(error: WireError): SimpleBitsError {
    return new SimpleBitsError(error.code, error.message)
  }

  /** Wraps whatever was thrown; a foreign error becomes INTERNAL and stays attached as the cause. */
  static from(error: unknown): SimpleBitsError {
    if (error instanceof SimpleBitsError) return error
    return new SimpleBitsError('INTERNAL', `Something failed inside the program: ${causeOf(error)} ${WHAT_TO_DO}`, {
      cause: error,
    })
  }
}

const WHAT_TO_DO = 'Restart the engine; if it happens again, send the log.'

/** In one sentence; of data that are not as they should be each field's fault, not the list of them that a schema throws. */
function causeOf(error: unknown): string {
  const said =
    error instanceof z.ZodError
      ? issuesOf(error, 'data').join('; ')
      : error instanceof Error
        ? error.message
        : String(error)
  return /[.!?]$/.test(said) ? said : `${said}.`
}
