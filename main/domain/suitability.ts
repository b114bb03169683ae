import { SimpleBitsError, type FilmHeader } from '../../contract'

type Warnings = FilmHeader['warnings']

/**
 * Whether what the model says of a film counts in queues and figures: not while a warning has to be confirmed. No such film is
 * audited before somebody said yes (`requireConfirmation`), so that an audit shows it.
 */
export function isConfirmed(warnings: Warnings, audited: boolean): boolean {
  return audited || !warnings.some(({ mustConfirm }) => mustConfirm)
}

/**
 * Whether a warning says why the model's word on the film may mean nothing. Such a sentence quotes no free text of the file, and no
 * report goes without it.
 */
export const isCaution = ({ code, mustConfirm }: Warnings[number]): boolean =>
  mustConfirm || code === 'BODY_PART' || code === 'LATERAL_VIEW'

/**
 * Some films may be audited, and on the command line go to the model only after somebody said yes (a CT slice, for instance).
 * @throws SimpleBitsError WRONG_MODALITY with the film's own warning, unless confirmed
 */
export function requireConfirmation(header: FilmHeader, confirmed: boolean): void {
  const open = header.warnings.filter((warning) => warning.mustConfirm)
  if (confirmed || open.length === 0) return
  throw new SimpleBitsError(
    'WRONG_MODALITY',
    `${open.map(({ message }) => message).join(' ')} It has to be confirmed first.`,
  )
}
