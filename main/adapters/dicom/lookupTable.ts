import type { DataSet } from 'dicom-parser'
import { TAG, unsignedShort } from './dataset'

/** A Modality or VOI lookup table (PS3.3 C.11.1.1.1, C.11.2.1.1). */
export interface LookupTable {
  /** The input value that the first entry belongs to; smaller inputs take the first entry, larger ones the last. */
  readonly firstValue: number
  /** Of the entries: at least as many as the largest of them needs, whatever the descriptor says. */
  readonly bits: number
  readonly table: Uint16Array<ArrayBuffer>
}

/** A table with many more bits than any entry uses: some devices declare 16 for entries of 12. */
const DECLARED_TOO_DEEP = { bits: 16, largest: 4095 }

/**
 * Reads LUT Descriptor and LUT Data of a sequence item.
 * @param signed whether the first value mapped has a sign
 * @returns null where the table contradicts itself
 */
export function lookupTable(item: DataSet, signed: boolean): LookupTable | null {
  const descriptor = item.elements[TAG.LUTDescriptor]
  const data = item.elements[TAG.LUTData]
  if (descriptor === undefined || descriptor.length < 6 || data === undefined) return null
  // 65536 entries do not fit into 16 bits and are written as 0.
  const entries = unsignedShort(item, TAG.LUTDescriptor) || 65_536
  const first = (signed ? item.int16(TAG.LUTDescriptor, 1) : item.uint16(TAG.LUTDescriptor, 1)) ?? 0
  const bits = item.uint16(TAG.LUTDescriptor, 2) ?? 0
  if (bits < 8 || bits > 16) return null
  const table = new Uint16Array(entries)
  if (data.length >= entries * 2) for (let i = 0; i < entries; i++) table[i] = item.uint16(TAG.LUTData, i) ?? 0
  else if (bits === 8 && data.length >= entries) {
    // Two entries a word, the first in its lower half: in a big-endian file they lie the other way round (PS3.5 8.2).
    const turned = data.vr === 'OW' && item.byteArrayParser.readUint16(Uint8Array.of(0, 1), 0) === 1 ? 1 : 0
    for (let i = 0; i < entries; i++) table[i] = item.byteArray[data.dataOffset + (i ^ turned)] ?? 0
  } else return null
  return { firstValue: first, bits: Math.max(bits, bitsOf(largest(table))), table }
}

/**
 * The depth at which a VOI table's largest entry is white, where the descriptor's depth would show a nearly black film.
 * @returns null where the declared depth stands
 */
export function realDepth({ bits, table }: LookupTable): number | null {
  const top = largest(table)
  return bits === DECLARED_TOO_DEEP.bits && top <= DECLARED_TOO_DEEP.largest ? Math.max(8, bitsOf(top)) : null
}

const largest = (table: Uint16Array): number => table.reduce((a, b) => Math.max(a, b), 0)
const bitsOf = (value: number): number => Math.ceil(Math.log2(value + 1))

/** The entry for an input value, held at both ends. */
export const lookUp = ({ firstValue, table }: LookupTable, value: number): number =>
  table[Math.min(table.length - 1, Math.max(0, Math.round(value) - firstValue))] ?? 0
