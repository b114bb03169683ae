import { RLE_LOSSLESS } from '../codec'

/** How the pixel data of a transfer syntax is coded: native values or one of four families of code streams. */
export interface TransferSyntax {
  readonly coding: 'native' | 'rle' | 'jpeg' | 'jpegls' | 'jpeg2000'
  /** `depends`: both kinds occur; the header or the code stream has to say. */
  readonly lossy: boolean | 'depends'
}

export const IMPLICIT_LITTLE = '1.2.840.10008.1.2'
export const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1'
export const DEFLATED = '1.2.840.10008.1.2.1.99'
export const EXPLICIT_BIG = '1.2.840.10008.1.2.2'

/** PS3.5 section 10 and annex A; the retired JPEG processes are here because old archives still hold them. */
const SYNTAXES: Readonly<Record<string, TransferSyntax>> = {
  [IMPLICIT_LITTLE]: { coding: 'native', lossy: false },
  [EXPLICIT_LITTLE]: { coding: 'native', lossy: false },
  [DEFLATED]: { coding: 'native', lossy: false },
  [EXPLICIT_BIG]: { coding: 'native', lossy: false },
  [RLE_LOSSLESS]: { coding: 'rle', lossy: false },
  '1.2.840.10008.1.2.4.50': { coding: 'jpeg', lossy: true }, // JPEG Baseline
  '1.2.840.10008.1.2.4.51': { coding: 'jpeg', lossy: true }, // JPEG Extended
  '1.2.840.10008.1.2.4.53': { coding: 'jpeg', lossy: true }, // JPEG Spectral Selection
  '1.2.840.10008.1.2.4.55': { coding: 'jpeg', lossy: true }, // JPEG Full Progression
  '1.2.840.10008.1.2.4.57': { coding: 'jpeg', lossy: false }, // JPEG Lossless
  '1.2.840.10008.1.2.4.70': { coding: 'jpeg', lossy: false }, // JPEG Lossless SV1
  '1.2.840.10008.1.2.4.80': { coding: 'jpegls', lossy: false }, // JPEG-LS Lossless
  '1.2.840.10008.1.2.4.81': { coding: 'jpegls', lossy: 'depends' }, // JPEG-LS Near-Lossless
  '1.2.840.10008.1.2.4.90': { coding: 'jpeg2000', lossy: false }, // JPEG 2000 Lossless
  '1.2.840.10008.1.2.4.91': { coding: 'jpeg2000', lossy: 'depends' }, // JPEG 2000
}

export const transferSyntaxOf = (uid: string): TransferSyntax | null =>
  Object.hasOwn(SYNTAXES, uid) ? (SYNTAXES[uid] ?? null) : null
