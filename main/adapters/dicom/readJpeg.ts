import type { Film, Sha256 } from '../../../contract'
import { decodeJpeg8 } from '../codec'
import { jpegInfo } from './codestream'
import { jpegOrientation, upright } from './exifOrientation'
import { SimpleBitsError } from '../../../contract'
import { failure } from './failures'
import { greyChannel, pictureFilm } from './picture'
import { checkSize } from './pixelFormat'

/** Rounding between colour spaces moves the channels of a grey picture apart by this much. */
const ROUNDING = 2

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/**
 * Reads an 8-bit JPEG file that is grey, or saved as colour with equal channels; turned as its Exif orientation says.
 * @throws SimpleBitsError FILE_UNREADABLE, TOO_LARGE, COLOUR or UNSUPPORTED_PIXELS
 */
export async function readJpeg(bytes: Uint8Array, sha256: Sha256): Promise<Film> {
  const info = describe(bytes)
  checkSize(info.width, info.height)
  if (info.bits !== 8 || info.components === 4 || info.frame === 'lossless' || info.frame === 'jpegls')
    throw failure(
      'UNSUPPORTED_PIXELS',
      'This kind of JPEG file is not supported. Save it as an 8-bit grey JPEG or a PNG.',
    )
  try {
    const { data, components, width, height } = await decodeJpeg8({ bytes })
    const pixels = greyChannel(data, { channels: components, tolerance: ROUNDING, opaque: 255 })
    const { pixels: shown, ...size } = upright({ pixels, width, height }, jpegOrientation(bytes))
    return pictureFilm(shown, { source: 'jpeg', sha256, ...size, bitsStored: 8 })
  } catch (cause) {
    throw cause instanceof SimpleBitsError ? cause : damaged(cause)
  }
}

function describe(bytes: Uint8Array): ReturnType<typeof jpegInfo> {
  try {
    return jpegInfo(bytes)
  } catch (cause) {
    throw damaged(cause)
  }
}

const damaged = (cause: unknown): SimpleBitsError =>
  failure('FILE_UNREADABLE', 'The JPEG file is damaged. Save it again from its source.', cause)
