import type { FilmHeader } from '../../../contract'

export type Warning = FilmHeader['warnings'][number]

/** What a reader should know of a file; it need not be confirmed. */
export const note = (code: string, message: string): Warning => ({ code, message, mustConfirm: false })
