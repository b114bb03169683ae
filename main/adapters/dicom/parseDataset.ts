import { inflateRawSync } from 'node:zlib'
import dicomParser, { type DataSet } from 'dicom-parser'
import { SimpleBitsError } from '../../../contract'
import { TAG, bytesThere } from './dataset'
import { corrupt, failure } from './failures'
import { readFileMeta } from './fileMeta'
import { forParser } from './forParser'
import { DEFLATED, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from './transferSyntax'

const PREAMBLE = 128
/** A deflated data set may not grow beyond this: a few kilobytes can otherwise ask for gigabytes. */
const MAX_INFLATED_BYTES = 1 << 28

export interface ParsedDataset {
  readonly dataSet: DataSet
  readonly transferSyntax: string
  /** True where bytes that make no sense follow a whole picture. */
  readonly trailing: boolean
}

/**
 * Parses a DICOM file (PS3.10), also one without preamble, and a bare data set without file meta information, whose
 * encoding is then read from its first element.
 * @param options.deflated whether a deflated data set is unpacked, or refused as damaged
 * @throws SimpleBitsError NOT_AN_IMAGE where nothing looks like DICOM, DICOM_CORRUPT where it does but cannot be read, TOO_LARGE
 * where it unpacks to more than any film
 */
export function parseDataset(bytes: Uint8Array, options = { deflated: true }): ParsedDataset {
  const isPart10 = String.fromCharCode(...bytes.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM'
  const start = isPart10 ? PREAMBLE + 4 : 0
  const guess = guessEncoding(bytes.subarray(start))
  if (!isPart10 && guess === null)
    throw failure('NOT_AN_IMAGE', 'This file is neither DICOM nor PNG nor JPEG. Choose a radiograph in one of these.')
  const meta = readFileMeta(bytes, start)
  if (meta === null) throw corrupt('it breaks off in its first lines')
  const transferSyntax = meta.transferSyntax === null ? guess : asItLies(bytes.subarray(meta.end), meta.transferSyntax)
  if (transferSyntax === null || (isPart10 && meta.transferSyntax === null && meta.end > start))
    throw corrupt('it does not say how it is encoded (no transfer syntax)')
  if (transferSyntax === DEFLATED && !options.deflated) throw corrupt('it is packed where it must not be')
  const known = isPart10 || meta.end > start
  return { ...parse(bytes.subarray(meta.end), { transferSyntax, known }), transferSyntax }
}

interface Encoding {
  readonly transferSyntax: string
  /** False where it is a guess: what cannot be read then is probably no DICOM at all. */
  readonly known: boolean
}

function parse(bytes: Uint8Array, { transferSyntax, known }: Encoding): Omit<ParsedDataset, 'transferSyntax'> {
  try {
    return { dataSet: parseAs(transferSyntax, bytes), trailing: false }
  } catch (cause) {
    if (cause instanceof SimpleBitsError) throw cause
    const dataSet = isPartlyParsed(cause) ? upToPicture(cause.dataSet, transferSyntax) : null
    if (dataSet !== null) return { dataSet, trailing: true }
    if (known) throw corrupt('its list of attributes breaks off or makes no sense', cause)
    throw failure('NOT_AN_IMAGE', 'This file has no DICOM header, and its content cannot be read as DICOM.', cause)
  }
}

function parseAs(transferSyntax: string, bytes: Uint8Array): DataSet {
  if (transferSyntax === IMPLICIT_LITTLE) return dicomParser.parseDicom(bytes, { TransferSyntaxUID: IMPLICIT_LITTLE })
  if (transferSyntax !== DEFLATED) return parseExplicit(bytes, transferSyntax)
  return parseExplicit(inflated(bytes), EXPLICIT_LITTLE)
}

function inflated(bytes: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED_BYTES }))
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE')) throw cause
    throw failure('TOO_LARGE', 'The file unpacks to more than any film holds. It is damaged or no film.', cause)
  }
}

/** What dicom-parser throws where a data set breaks off: the elements before that are in it. */
const isPartlyParsed = (thrown: unknown): thrown is { readonly dataSet: DataSet } =>
  typeof thrown === 'object' && thrown !== null && 'exception' in thrown && 'dataSet' in thrown

/**
 * Pixel Data is the last element that matters, and an element is kept once it was read: a fault after it lies behind it. Read again
 * without all of that, for rubbish may have been taken for an attribute.
 *
 * @returns null where there is no whole picture
 */
function upToPicture(dataSet: DataSet, transferSyntax: string): DataSet | null {
  const element = dataSet.elements[TAG.PixelData]
  if (element === undefined || element.length === 0 || bytesThere(dataSet, element) < element.length) return null
  const bytes = dataSet.byteArray.subarray(0, element.dataOffset + element.length)
  return parseAs(transferSyntax === DEFLATED ? EXPLICIT_LITTLE : transferSyntax, bytes)
}

function parseExplicit(bytes: Uint8Array, transferSyntax: string): DataSet {
  const readable = forParser(bytes, { littleEndian: transferSyntax !== EXPLICIT_BIG })
  const dataSet = dicomParser.parseDicom(readable, { TransferSyntaxUID: transferSyntax })
  if (transferSyntax === EXPLICIT_BIG) readUnknownAsLittleEndian(dataSet)
  return dataSet
}

/** Values of unknown VR are little endian whatever the file is (PS3.5 6.2.2). */
function readUnknownAsLittleEndian({ elements }: DataSet): void {
  for (const element of Object.values(elements)) {
    if (element.vr === 'UN') element.parser = dicomParser.littleEndianByteArrayParser
    for (const { dataSet } of element.items ?? []) if (dataSet) readUnknownAsLittleEndian(dataSet)
  }
}

const LITTLE: readonly (string | null)[] = [IMPLICIT_LITTLE, EXPLICIT_LITTLE]
/** No first attribute of a data set is longer. */
const FIRST_LENGTH = 1024

/**
 * The encoding that the first attribute shows where the file says the other one of implicit and explicit little endian, as files do
 * that were saved anew under a changed label. Their pixels lie alike in both.
 */
function asItLies(dataSet: Uint8Array, said: string): string {
  const shown = guessEncoding(dataSet)
  if (shown === null || !LITTLE.includes(said) || !LITTLE.includes(shown)) return said
  const view = new DataView(dataSet.buffer, dataSet.byteOffset, dataSet.byteLength)
  return shown === IMPLICIT_LITTLE && view.getUint32(4, true) > FIRST_LENGTH ? said : shown
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
