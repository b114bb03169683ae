import type { Film, ModelInputRecord, Voi } from '../../contract'
import { toGrey } from './filmGrey'
import type { GreyPicture } from './greyPicture'

/**
 * The film as a reader sees it at first: the file's first VOI preset, else the window that the model uses.
 *
 * @returns levels at the film's full resolution
 */
export function displayPicture(film: Film, model: ModelInputRecord): GreyPicture {
  const { width, height, voi } = film.header
  return { width, height, pixels: toGrey(film, voi[0] ?? modelWindow(model)) }
}

/** The model's window in modality values; it was measured after the inversion of MONOCHROME1. */
function modelWindow({ low, high, inverted }: ModelInputRecord): Voi {
  const center = ((low + high) / 2) * (inverted ? -1 : 1)
  return { kind: 'window', center, width: high - low, function: 'LINEAR_EXACT', explanation: null }
}
