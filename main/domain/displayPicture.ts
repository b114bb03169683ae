import { percentileWindow, type Film } from '../../contract'
import { toGrey } from './filmGrey'
import type { GreyPicture } from './greyPicture'

/**
 * The film as a reader sees it at first: in the file's first VOI preset, else from its 1st to its 99th percentile.
 *
 * @returns levels at the film's full resolution
 */
export function displayPicture(film: Film): GreyPicture {
  const { width, height, voi } = film.header
  return { width, height, pixels: toGrey(film, voi[0] ?? percentileWindow(film)) }
}
