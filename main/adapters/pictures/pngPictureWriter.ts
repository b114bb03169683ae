import type { PictureWriter } from '../../ports'
import { writeAtomic } from '../files'
import { bitMapSvg } from './bitMapSvg'
import { encodeColour, encodeGrey } from './png'
import { rasterise } from './rasterise'

/** Pictures as PNG: grey ones pixel for pixel, bit maps with title and colour bar. */
export const pngPictureWriter: PictureWriter = {
  encodeGrey,
  writeGrey: (picture, path) => writeAtomic(path, encodeGrey(picture)),
  writeColour: (picture, path) => writeAtomic(path, encodeColour(picture)),
  writeBitMap: async (picture, path) => writeAtomic(path, await rasterise(bitMapSvg(picture))),
}
