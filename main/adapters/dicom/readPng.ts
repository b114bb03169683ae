import { convertIndexedToRgb, decode } from 'fast-png'
import type { Film, Sha256 } from '../../../contract'
import { pngOrientation, upright } from './exifOrientation'
import { failure } from './failures'
import { greyChannel, pictureFilm } from './picture'
import { checkSize } from './pixelFormat'
import { damaged, pictureAlone } from './pngChunks'

export const isPng = (bytes: Uint8Array): boolean =>
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => bytes[i] === byte)

/**
 * Reads a grey PNG of 8 or 16 bits, also one saved as colour whose channels are equal.
 * @throws SimpleBitsError FILE_UNREADABLE, TOO_LARGE, COLOUR or UNSUPPORTED_PIXELS
 */
export function readPng(bytes: Uint8Array, sha256: Sha256): Film {
  if (bytes.length < 33) throw failure('FILE_UNREADABLE', 'The PNG file is cut off.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // IHDR is the first chunk (PNG, third edition, 11.2.1): its sizes are known before anything is unpacked.
  checkSize(view.getUint32(16), view.getUint32(20))
  const { width, height, ...picture } = unpack(bytes)
  const bitsStored = picture.depth === 16 ? 16 : 8
  const opaque = picture.depth === 16 ? 65_535 : 255
  const pixels = greyChannel(picture.data, { channels: picture.channels, tolerance: 0, opaque })
  const { pixels: shown, ...size } = upright({ pixels, width, height }, pngOrientation(bytes))
  return pictureFilm(shown, { source: 'png', sha256, ...size, bitsStored })
}

/** Byte of the file that says what a pixel is made of, and what it says of a palette's indices (11.2.1). */
const COLOUR_TYPE = 25
const INDEXED = 3

interface Unpacked {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly channels: number
  readonly data: Uint8Array | Uint16Array
}

function unpack(bytes: Uint8Array): Unpacked {
  const picture = pictureAlone(bytes)
  const png = undamaged(() => decode(picture, { checkCrc: true }))
  const { width, height, depth } = png
  // A palette may also stand, as a mere suggestion, in a colour picture (11.2.2).
  if (bytes[COLOUR_TYPE] === INDEXED) {
    const channels = png.palette?.[0]?.length ?? 3
    return { width, height, depth: 8, channels, data: undamaged(() => convertIndexedToRgb(png)) }
  }
  if (png.transparency !== undefined)
    throw failure('UNSUPPORTED_PIXELS', 'The PNG file has transparent pixels. Save it without transparency.')
  if (depth < 8) throw failure('UNSUPPORTED_PIXELS', `A PNG with ${depth} bits a pixel has too few greys for a film.`)
  const data = png.data instanceof Uint16Array ? png.data : Uint8Array.from(png.data)
  return { width, height, depth, channels: png.channels, data }
}

function undamaged<T>(unpacking: () => T): T {
  try {
    return unpacking()
  } catch (cause) {
    throw damaged(cause)
  }
}
