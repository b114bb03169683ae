import { inflateRawSync } from 'node:zlib'
import dicomParser, { type DataSet } from 'dicom-parser'
import { SimpleBitsError } from '../../../contract'
import { corrupt, failure } from './failures'
import { readFileMeta } from './fileMeta'
import { wideNumbersAsUnknown } from './wideNumbers'

const IMPLICIT_LITTLE = '1.2.840.10008.1.2'
const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1'
const DEFLATED = '1.2.840.10008.1.2.1.99'
const EXPLICIT_BIG = '1.2.840.10008.1.2.2'
const PREAMBLE = 128
/** A deflated data set may not grow beyond this: a few kilobytes can otherwise ask for gigabytes. */
const MAX_INFLATED_BYTES = 1 << 28

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
  const isPart10 = String.fromCharCode(...bytes.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM'
  const start = isPart10 ? PREAMBLE + 4 : 0
  const guess = guessEncoding(bytes.subarray(start))
  if (!isPart10 && guess === null)
    throw failure('NOT_AN_IMAGE', 'This file is neither DICOM nor PNG nor JPEG. Choose a radiograph in one of these.')
  const meta = readFileMeta(bytes, start)
  if (meta === null) throw corrupt('it breaks off in its first lines')
  const transferSyntax = meta.transferSyntax ?? guess
  if (transferSyntax === null || (isPart10 && meta.transferSyntax === null && meta.end > start))
    throw corrupt('it does not say how it is encoded (no transfer syntax)')
  const known = isPart10 || meta.end > start
  return { dataSet: parse(bytes.subarray(meta.end), { transferSyntax, known }), transferSyntax }
}

interface Encoding {
  readonly transferSyntax: string
  /** False where it is a guess: what cannot be read then is probably no DICOM at all. */
  readonly known: boolean
}

function parse(bytes: Uint8Array, { transferSyntax, known }: Encoding): DataSet {
  try {
    if (transferSyntax === IMPLICIT_LITTLE) return dicomParser.parseDicom(bytes, { TransferSyntaxUID: IMPLICIT_LITTLE })
    if (transferSyntax !== DEFLATED) return parseExplicit(bytes, transferSyntax)
    const inflated = new Uint8Array(inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED_BYTES }))
    return parseExplicit(inflated, EXPLICIT_LITTLE)
  } catch (cause) {
    if (cause instanceof SimpleBitsError) throw cause
    if (known) throw corrupt('its list of attributes breaks off or makes no sense', cause)
    throw failure('NOT_AN_IMAGE', 'This file has no DICOM header, and its content cannot be read as DICOM.', cause)
  }
}

function parseExplicit(bytes: Uint8Array, transferSyntax: string): DataSet {
  const known = wideNumbersAsUnknown(bytes, { littleEndian: transferSyntax !== EXPLICIT_BIG })
  return dicomParser.parseDicom(known, { TransferSyntaxUID: transferSyntax })
}

/** The encoding of a bare data set: it begins in group 0002 or 0008, and an explicit VR is two capital letters. */
function guessEncoding(bytes: Uint8Array): string | null {
  if (bytes.length < 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const explicit = /^[A-Z]{2}$/.test(String.fromCharCode(view.getUint8(4), view.getUint8(5)))
  const group = view.getUint16(0, true)
  if (group === 2) return explicit ? EXPLICIT_LITTLE : null
  if (group === 8) return explicit ? EXPLICIT_LITTLE : IMPLICIT_LITTLE
  return view.getUint16(0, false) === 8 && explicit ? EXPLICIT_BIG : null
}
