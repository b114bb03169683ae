import { SimpleBitsError, type FilmHeader } from '../../contract'

/**
 * Some films may go to the model only after somebody said yes (a CT slice, for instance).
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
