import type { KeyImage } from '../../../contract'
import type { KeyPicture } from './caseReport'
import { oneLine } from './notes'

/** The reader's key images in the order in which they were kept; captions are printed as typed. */
export function keyPictures(images: readonly KeyImage[]): KeyPicture[] {
  return images.map(({ picture, title, caption, shownAs }) => ({
    picture,
    title: oneLine(title),
    caption: oneLine(caption),
    shownAs: oneLine(shownAs),
  }))
}
