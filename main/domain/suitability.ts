import { SimpleBitsError, type FilmHeader } from '../../contract'

type Warnings = FilmHeader['warnings']

/**
 * Whether what the model says of a film counts in queues and figures: not while a warning has to be confirmed.
 *
 * @param confirmed somebody said yes: an audit shows it, since no such film is audited before (`requireConfirmation`)
 */
export function isConfirmed(warnings: Warnings, confirmed: boolean): boolean {
  return confirmed || !warnings.some(({ mustConfirm }) => mustConfirm)
}

/**
 * Whether a warning says why the model's word on the film may mean nothing. Such a sentence quotes no free text of the file, and no
 * report goes without it.
 */
export const isCaution = ({ code, mustConfirm }: Warnings[number]): boolean =>
  mustConfirm || code === 'BODY_PART' || code === 'LATERAL_VIEW'

/**
 * Some films may be audited or explained, and on the command line go to the model, only after somebody said yes (a CT slice, for
 * instance).
 * @throws SimpleBitsError WRONG_MODALITY with the film's own warning, unless confirmed
 */
export function requireConfirmation({ warnings }: { readonly warnings: Warnings }, confirmed: boolean): void {
  if (isConfirmed(warnings, confirmed)) return
  const open = warnings.filter((warning) => warning.mustConfirm)
  throw new SimpleBitsError(
    'WRONG_MODALITY',
    `${open.map(({ message }) => message).join(' ')} It has to be confirmed first.`,
  )
}
