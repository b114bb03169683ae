import type { FilmWarning, FilmWarningCode } from '../../../contract'

export interface Warning extends FilmWarning {
  readonly code: FilmWarningCode
}

/** What a reader should know of a file; it need not be confirmed. */
export const note = (code: FilmWarningCode, message: string): Warning => ({ code, message, mustConfirm: false })
