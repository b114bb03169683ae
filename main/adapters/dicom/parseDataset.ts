import { inflateRawSync } from 'node:zlib'
import dicomParser, { type DataSet } from 'dicom-parser'
import { TAG, codeString } from './dataset'
import { corrupt, failure } from './failures'

const IMPLICIT_LITTLE = '1.2.840.10008.1.2'
const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1'
const EXPLICIT_BIG = '1.2.840.10008.1.2.2'
const PREAMBLE = 128
/** A deflated data set may not grow beyond this: a few kilobytes can otherwise ask for gigabytes. */
const MAX_INFLATED_BYTES = 1 << 29

export interface ParsedDataset {
  readonly dataSet: DataSet
  readonly transferSyntax: string
}

/**
 * Parses a DICOM file (PS3.10), also one without preamble, and a bare data set without file meta information, whose
 * encoding is then read from its first element.
 * @throws SimpleBitsError NOT_AN_IMAGE where nothing looks like DICOM, DICOM_CORRUPT where it does but cannot be read
 */
export function parseDataset(bytes: Uint8Array): ParsedDataset {
  if (hasPrefix(bytes, PREAMBLE)) return parse(bytes)
  const first = firstElement(bytes)
  if (first === null)
    throw failure('NOT_AN_IMAGE', 'This file is neither DICOM nor PNG nor JPEG. Choose a radiograph in one of these.')
  if (first.group === 2) return parse(withPreamble(bytes))
  return parse(bytes, first.transferSyntax)
}

function parse(bytes: Uint8Array, transferSyntax?: string): ParsedDataset {
  try {
    const dataSet = dicomParser.parseDicom(bytes, {
      inflater,
      ...(transferSyntax === undefined ? {} : { TransferSyntaxUID: transferSyntax }),
    })
    const named = transferSyntax ?? codeString(dataSet, TAG.TransferSyntaxUID)
    if (named === null) throw corrupt('it does not say how it is encoded (no transfer syntax)')
    return { dataSet, transferSyntax: named }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'SimpleBitsError') throw cause
    if (transferSyntax !== undefined)
      throw failure('NOT_AN_IMAGE', 'This file has no DICOM header, and its content cannot be read as DICOM.', cause)
    throw corrupt('its list of attributes breaks off or makes no sense', cause)
  }
}

/** dicom-parser wants the header as it is, followed by the inflated rest. */
function inflater(bytes: Uint8Array, position: number): Uint8Array {
  const inflated = inflateRawSync(bytes.subarray(position), { maxOutputLength: MAX_INFLATED_BYTES })
  const whole = new Uint8Array(position + inflated.length)
  whole.set(bytes.subarray(0, position))
  whole.set(inflated, position)
  return whole
}

const hasPrefix = (bytes: Uint8Array, at: number): boolean =>
  bytes.length >= at + 4 && String.fromCharCode(...bytes.subarray(at, at + 4)) === 'DICM'

function withPreamble(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(PREAMBLE + 4 + bytes.length)
  whole.set([0x44, 0x49, 0x43, 0x4d], PREAMBLE)
  whole.set(bytes, PREAMBLE + 4)
  return whole
}

/** Guesses the encoding of a bare data set: it begins in group 0002 or 0008, and an explicit VR is two capital letters. */
function firstElement(bytes: Uint8Array): { group: number; transferSyntax: string } | null {
  if (bytes.length < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const explicit = /^[A-Z]{2}$/.test(String.fromCharCode(...bytes.subarray(4, 6)))
  const little = view.getUint16(0, true)
  if (little === 2 && explicit) return { group: 2, transferSyntax: EXPLICIT_LITTLE }
  if (little === 8) return { group: 8, transferSyntax: explicit ? EXPLICIT_LITTLE : IMPLICIT_LITTLE }
  if (view.getUint16(0, false) === 8 && explicit) return { group: 8, transferSyntax: EXPLICIT_BIG }
  return null
}
