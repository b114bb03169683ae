import { corrupt } from './failures'
import type { TransferSyntax } from './transferSyntax'

/** Bytes of an RLE header. */
const RLE_HEADER = 64

/** What a compressed picture says of itself, read before any memory is given to a decoder. */
export interface CodestreamInfo {
  readonly width: number
  readonly height: number
  readonly components: number
  readonly bits: number
  /** Whether samples have a sign; a JPEG code stream does not say. */
  readonly signed: boolean | null
  /** JPEG: the process (start-of-frame marker); null for JPEG 2000. */
  readonly frame: 'baseline' | 'extended' | 'progressive' | 'lossless' | 'jpegls' | null
}

const FRAMES: Readonly<Record<number, CodestreamInfo['frame']>> = {
  0xc0: 'baseline',
  0xc1: 'extended',
  0xc2: 'progressive',
  0xc3: 'lossless',
  0xf7: 'jpegls',
}

/** Reads the start-of-frame segment of a JPEG or JPEG-LS code stream (ITU-T T.81 B.2.2, T.87 C.2.2). */
export function jpegInfo(bytes: Uint8Array): CodestreamInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) throw corrupt('its picture is not the JPEG that it should be')
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) throw corrupt('its JPEG picture has a broken segment')
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const frame = FRAMES[marker]
    if (frame !== undefined)
      return {
        frame,
        signed: null,
        bits: view.getUint8(at + 4),
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: view.getUint8(at + 9),
      }
    if (marker === 0xda || marker === 0xd9) break
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else at += 2 + view.getUint16(at + 2)
  }
  throw corrupt('its JPEG picture has no frame that can be decoded')
}

/** Reads the SIZ segment of a JPEG 2000 code stream, bare or in a JP2 box (ITU-T T.800 A.5.1). */
export function jpeg2000Info(bytes: Uint8Array): CodestreamInfo {
  const start = findStart(bytes)
  if (start < 0 || bytes.length < start + 43) throw corrupt('its picture is not the JPEG 2000 that it should be')
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start)
  return {
    frame: null,
    width: view.getUint32(8) - view.getUint32(16),
    height: view.getUint32(12) - view.getUint32(20),
    components: view.getUint16(40),
    bits: (view.getUint8(42) & 0x7f) + 1,
    signed: view.getUint8(42) >= 0x80,
  }
}

/**
 * Whether a picture begins with these bytes: SOI and another marker, SOC and SIZ, or an RLE header whose first segment follows it at
 * once (PS3.5 G.5). Within a picture they do not occur where its data are entropy-coded (JPEG), or by a chance of 2⁻³² and less.
 */
export function beginsPicture(bytes: Uint8Array, coding: TransferSyntax['coding']): boolean {
  const starts = (...marks: number[]) => marks.every((mark, i) => bytes[i] === mark)
  switch (coding) {
    case 'jpeg2000':
      return starts(0xff, 0x4f, 0xff, 0x51)
    case 'rle':
      return bytes.length > RLE_HEADER && starts(bytes[0] ?? 0, 0, 0, 0, RLE_HEADER, 0, 0, 0)
    default:
      return starts(0xff, 0xd8, 0xff)
  }
}

/** SOC marker followed by SIZ. */
function findStart(bytes: Uint8Array): number {
  const limit = Math.min(bytes.length - 4, 4096)
  for (let at = 0; at <= limit; at++)
    if (bytes[at] === 0xff && bytes[at + 1] === 0x4f && bytes[at + 2] === 0xff && bytes[at + 3] === 0x51) return at
  return -1
}
