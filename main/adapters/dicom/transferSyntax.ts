/** How the pixel data of a transfer syntax is coded: native values or one of four families of code streams. */
export interface TransferSyntax {
  readonly name: string
  readonly coding: 'native' | 'rle' | 'jpeg' | 'jpegls' | 'jpeg2000'
  /** `depends`: both kinds occur; the header or the code stream has to say. */
  readonly lossy: boolean | 'depends'
}

/** PS3.5 section 10 and annex A; the retired JPEG processes are here because old archives still hold them. */
const SYNTAXES: Readonly<Record<string, TransferSyntax>> = {
  '1.2.840.10008.1.2': { name: 'Implicit VR Little Endian', coding: 'native', lossy: false },
  '1.2.840.10008.1.2.1': { name: 'Explicit VR Little Endian', coding: 'native', lossy: false },
  '1.2.840.10008.1.2.1.99': { name: 'Deflated Explicit VR Little Endian', coding: 'native', lossy: false },
  '1.2.840.10008.1.2.2': { name: 'Explicit VR Big Endian', coding: 'native', lossy: false },
  '1.2.840.10008.1.2.5': { name: 'RLE Lossless', coding: 'rle', lossy: false },
  '1.2.840.10008.1.2.4.50': { name: 'JPEG Baseline', coding: 'jpeg', lossy: true },
  '1.2.840.10008.1.2.4.51': { name: 'JPEG Extended', coding: 'jpeg', lossy: true },
  '1.2.840.10008.1.2.4.53': { name: 'JPEG Spectral Selection', coding: 'jpeg', lossy: true },
  '1.2.840.10008.1.2.4.55': { name: 'JPEG Full Progression', coding: 'jpeg', lossy: true },
  '1.2.840.10008.1.2.4.57': { name: 'JPEG Lossless', coding: 'jpeg', lossy: false },
  '1.2.840.10008.1.2.4.70': { name: 'JPEG Lossless SV1', coding: 'jpeg', lossy: false },
  '1.2.840.10008.1.2.4.80': { name: 'JPEG-LS Lossless', coding: 'jpegls', lossy: false },
  '1.2.840.10008.1.2.4.81': { name: 'JPEG-LS Near-Lossless', coding: 'jpegls', lossy: 'depends' },
  '1.2.840.10008.1.2.4.90': { name: 'JPEG 2000 Lossless', coding: 'jpeg2000', lossy: false },
  '1.2.840.10008.1.2.4.91': { name: 'JPEG 2000', coding: 'jpeg2000', lossy: 'depends' },
}

export const transferSyntaxOf = (uid: string): TransferSyntax | null =>
  Object.hasOwn(SYNTAXES, uid) ? (SYNTAXES[uid] ?? null) : null
