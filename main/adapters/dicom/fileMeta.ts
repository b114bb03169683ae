/** Where the data set of a DICOM file begins, and what the file meta information says of its encoding. */
interface FileMeta {
  readonly end: number
  readonly transferSyntax: string | null
}

/** Explicit VRs whose length has 32 bits (PS3.5 7.1.2). */
export const LONG_LENGTH = new Set(['OB', 'OW', 'OF', 'OD', 'OL', 'OV', 'SQ', 'UC', 'UN', 'UR', 'UT', 'SV', 'UV'])

/**
 * Walks the elements of group 0002, which are explicit little endian whatever follows (PS3.10 7.1). The group length is
 * not trusted, and nothing behind the group is touched: it may be deflated.
 * @returns null where an element does not fit the file
 */
export function readFileMeta(bytes: Uint8Array, start: number): FileMeta | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = start
  let transferSyntax: string | null = null
  while (at + 8 <= bytes.length && view.getUint16(at, true) === 2) {
    const isLong = LONG_LENGTH.has(String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5)))
    if (isLong && at + 12 > bytes.length) return null
    const length = isLong ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true)
    const value = at + (isLong ? 12 : 8)
    if (value + length > bytes.length) return null
    if (view.getUint16(at + 2, true) === 0x0010)
      transferSyntax = String.fromCharCode(...bytes.subarray(value, value + Math.min(length, 64)))
    at = value + length
  }
  const uid = transferSyntax?.split('\0')[0]?.trim()
  return { end: at, transferSyntax: uid ? uid : null }
}
