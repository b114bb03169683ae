import type { PictureWriter } from '../../ports'
import { writeAtomic } from '../files'
import { bitMapSvg } from './bitMapSvg'
import { DISCLAIMER, encodeColour, encodeGrey } from './png'
import { rasterise } from './rasterise'

/** Pictures as PNG: grey ones pixel for pixel, bit maps with title and colour bar. */
export const pngPictureWriter: PictureWriter = {
  // Without it: thumbnails of the same film are equal whichever version made them.
  encodeGrey: (picture) => encodeGrey(picture),
  writeGrey: (picture, path) => writeAtomic(path, encodeGrey(picture, DISCLAIMER)),
  writeColour: (picture, path) => writeAtomic(path, encodeColour(picture, DISCLAIMER)),
  writeBitMap: async (picture, path) => writeAtomic(path, await rasterise(bitMapSvg(picture))),
}
