import { SimpleBitsError, type ErrorCode } from '../../../contract'

/** A message of whatever was thrown: dicom-parser throws strings and plain objects, emscripten throws numbers. */
export function causeText(cause: unknown): string {
  if (cause instanceof Error) return cause.message
  if (typeof cause === 'object' && cause !== null && 'exception' in cause) return causeText(cause.exception)
  return String(cause)
}

export const failure = (code: ErrorCode, message: string, cause?: unknown): SimpleBitsError =>
  new SimpleBitsError(code, message, { cause })

export const corrupt = (why: string, cause?: unknown): SimpleBitsError =>
  failure('DICOM_CORRUPT', `The DICOM file is damaged: ${why}. Ask for it to be sent again.`, cause)
