import { LONG_LENGTH } from './fileMeta'

/** 64-bit numbers (PS3.5 6.2). Nothing that is read of a film is one. */
const WIDE = new Set(['OV', 'SV', 'UV'])
const ITEM_GROUP = 0xfffe
const ITEM = 0xe000
const SEQUENCE_END = 0xe0dd
const UNDEFINED_LENGTH = 0xffffffff

/** What stands instead of bytes of the file from a place on. */
interface Patch {
  readonly at: number
  readonly bytes: readonly number[]
}

/**
 * A data set as dicom-parser can read it, in a copy; the bytes themselves where there is nothing to change.
 *
 * - Elements of 64-bit numbers are called unknown (UN), which lie alike in the file: the parser does not know them and would take
 *   their length from the wrong place.
 * - In big endian, an unknown element of undefined length gets its length, with the delimiter in it: its items are little endian
 *   (PS3.5 6.2.2), and the parser looks for them the other way round. Without a delimiter it is left to the parser to refuse.
 *
 * @param bytes data set in explicit VR; where it makes no sense, the walk ends and leaves it to the parser to say so
 */
export function forParser(bytes: Uint8Array, { littleEndian }: { littleEndian: boolean }): Uint8Array {
  const patches = [...patchesOf(bytes, littleEndian)]
  if (patches.length === 0) return bytes
  const copy = Uint8Array.from(bytes)
  for (const patch of patches) copy.set(patch.bytes, patch.at)
  return copy
}

/**
 * Sequences and items are entered like a row of elements; pixel fragments and unknown elements of undefined length, whose items are
 * in implicit VR, are stepped over.
 */
function* patchesOf(bytes: Uint8Array, littleEndian: boolean): Generator<Patch> {
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
    if (WIDE.has(vr)) yield { at: at + 4, bytes: [0x55, 0x4e] }
    if (vr === 'SQ') at = value
    else if (length !== UNDEFINED_LENGTH) at = value + length
    else {
      const end = endOfItems(view, value, littleEndian || vr === 'UN')
      if (vr === 'UN' && !littleEndian && end < bytes.length) yield { at: at + 8, bytes: bigEndian(end - value) }
      at = end
    }
  }
}

/** Behind the delimiter of the sequence or fragments that begin here; the end of the bytes where there is none. */
function endOfItems(view: DataView, start: number, littleEndian: boolean): number {
  let depth = 1
  let at = start
  while (at + 8 <= view.byteLength) {
    const [group, element] = [view.getUint16(at, littleEndian), view.getUint16(at + 2, littleEndian)]
    const length = view.getUint32(at + 4, littleEndian)
    const isItem = group === ITEM_GROUP && element === ITEM
    at += length === UNDEFINED_LENGTH ? 8 : 8 + length
    if (group === ITEM_GROUP && element === SEQUENCE_END) depth -= 1
    else if (length === UNDEFINED_LENGTH && !isItem) depth += 1
    if (depth === 0) return at
  }
  return view.byteLength
}

const bigEndian = (length: number): number[] => [24, 16, 8, 0].map((shift) => (length >>> shift) & 0xff)
