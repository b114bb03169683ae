import { mustBeConfirmed, SimpleBitsError, type FilmHeader } from '../../contract'

type Warnings = FilmHeader['warnings']

/**
 * Whether what the classifier says of a film counts in queues and figures: not while a warning has to be confirmed.
 *
 * @param confirmed somebody said yes: an audit shows it, since no such film is audited before (`requireConfirmation`)
 */
export function isConfirmed(warnings: Warnings, confirmed: boolean): boolean {
  return confirmed || !mustBeConfirmed(warnings)
}

/**
 * Some films may be audited or explained, and on the command line go to the classifier, only after somebody said yes (a CT slice, for
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
