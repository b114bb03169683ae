import { LONG_LENGTH } from './fileMeta'

/** 64-bit numbers (PS3.5 6.2). Nothing that is read of a film is one. */
const WIDE = new Set(['OV', 'SV', 'UV'])
const ITEM_GROUP = 0xfffe
const UNDEFINED_LENGTH = 0xffffffff

/**
 * Elements of 64-bit numbers called unknown (UN), which lie alike in the file: dicom-parser does not know them and would take
 * their length from the wrong place. In a copy; without such elements the bytes themselves.
 *
 * @param bytes data set in explicit VR; where it makes no sense, the walk ends and leaves it to the parser to say so
 */
export function wideNumbersAsUnknown(bytes: Uint8Array, { littleEndian }: { littleEndian: boolean }): Uint8Array {
  const places = [...wideNumbers(bytes, littleEndian)]
  if (places.length === 0) return bytes
  const copy = Uint8Array.from(bytes)
  for (const place of places) copy.set([0x55, 0x4e], place)
  return copy
}

/** Where the VRs of such elements stand. Sequences and items are entered like a row of elements, pixel fragments are not. */
function* wideNumbers(bytes: Uint8Array, littleEndian: boolean): Generator<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + 12 <= bytes.length) {
    if (view.getUint16(at, littleEndian) === ITEM_GROUP) {
      at += 8
      continue
    }
    const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5))
    if (!/^[A-Z]{2}$/.test(vr)) return
    const isLong = LONG_LENGTH.has(vr)
    const length = isLong ? view.getUint32(at + 8, littleEndian) : view.getUint16(at + 6, littleEndian)
    const value = at + (isLong ? 12 : 8)
    if (vr !== 'SQ' && length === UNDEFINED_LENGTH) return
    if (WIDE.has(vr)) yield at + 4
    at = vr === 'SQ' ? value : value + length
  }
}
