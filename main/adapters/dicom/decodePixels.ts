import dicomParser, { type Element } from 'dicom-parser'
import type { FilmPixels } from '../../../contract'
import {
  decodeJpeg12,
  decodeJpeg2000,
  decodeJpeg8,
  decodeJpegLossless,
  decodeJpegLs,
  decodeRle,
  type EncodedPicture,
  type Samples,
} from '../codec'
import { beginsPicture, jpeg2000Info, jpegInfo, type CodestreamInfo } from './codestream'
import { TAG, bytesThere, codeString, valueBytes } from './dataset'
import { corrupt, failure } from './failures'
import { holdWithin, nativeSamples, storedValues } from './nativePixels'
import type { ParsedDataset } from './parseDataset'
import { checkSize, type PixelFormat } from './pixelFormat'
import { EXPLICIT_BIG, transferSyntaxOf, type TransferSyntax } from './transferSyntax'

export interface DecodedPixels {
  readonly pixels: FilmPixels
  /** Of the values as decoded: a code stream knows its precision better than the header. */
  readonly bitsStored: number
  readonly syntax: TransferSyntax
  /** Whether the code stream gives its samples a sign; null where it does not say, as most do not. */
  readonly streamSigned: boolean | null
  /** False where the code stream lacks its end marker: the file may be cut off. */
  readonly complete: boolean
  /** True where more follows the picture than a filling: at least a row of it, or another code stream. */
  readonly surplus: boolean
}

/**
 * Decodes the pixel data of a single grey frame to stored values.
 * @throws SimpleBitsError UNSUPPORTED_TRANSFER_SYNTAX, NO_PIXELS, TOO_LARGE, COLOUR or DICOM_CORRUPT
 */
export async function decodePixels(parsed: ParsedDataset, format: PixelFormat): Promise<DecodedPixels> {
  const { dataSet, transferSyntax } = parsed
  const syntax = transferSyntaxOf(transferSyntax)
  if (syntax === null)
    throw failure(
      'UNSUPPORTED_TRANSFER_SYNTAX',
      `The picture is stored in a way this program cannot read (transfer syntax ${transferSyntax.slice(0, 64)}).`,
    )
  const element = dataSet.elements[TAG.PixelData]
  if (element === undefined || element.length === 0)
    throw failure('NO_PIXELS', 'This DICOM file has a place for a picture, but the picture is missing.')
  if (syntax.coding === 'native') {
    const samples = readNative(parsed, element, format)
    const surplus = bytesThere(dataSet, element) - samples.byteLength >= samples.byteLength / format.height
    return { ...inFormat(samples, format), syntax, surplus }
  }
  const { bytes, surplus } = encapsulated(parsed, element, syntax)
  if (syntax.coding === 'rle') {
    const { data } = await decoding(decodeRle({ bytes, components: 1, bits: format.bitsAllocated, ...sizeOf(format) }))
    return { ...inFormat(data, format), syntax, surplus }
  }
  const lossy = syntax.lossy === true || codeString(dataSet, TAG.LossyImageCompression) === '01'
  return { ...(await decodeCodestream(bytes, format, { syntax, lossy })), syntax, surplus }
}

/** Samples that lie as the header says; nothing else is said of them. */
const inFormat = (samples: Uint8Array | Uint16Array, format: PixelFormat) => ({
  pixels: storedValues(samples, format),
  bitsStored: format.bitsStored,
  streamSigned: null,
  complete: true,
})

function readNative({ dataSet, transferSyntax }: ParsedDataset, element: Element, format: PixelFormat) {
  if (element.encapsulatedPixelData || element.hadUndefinedLength)
    throw corrupt('its picture is compressed although it says that it is not')
  const expected = (format.width * format.height * format.bitsAllocated) / 8
  const there = bytesThere(dataSet, element)
  if (there < expected) throw corrupt(`its picture is cut off (${there} of ${expected} bytes are there)`)
  const bigEndian = transferSyntax === EXPLICIT_BIG && element.vr !== 'UN'
  const wordSwapped = bigEndian && element.vr === 'OW'
  return nativeSamples(valueBytes(dataSet, element), format, { bigEndian, wordSwapped })
}

/** The code stream of the first picture, and whether another one follows it. */
function encapsulated(
  { dataSet }: ParsedDataset,
  element: Element,
  { coding }: TransferSyntax,
): { bytes: Uint8Array; surplus: boolean } {
  const { fragments } = element
  if (!element.encapsulatedPixelData || fragments === undefined)
    throw corrupt('its picture is not compressed although it says so')
  if (fragments.length === 0) throw failure('NO_PIXELS', 'This DICOM file has a place for a picture, but it is empty.')
  // One frame may lie in any number of fragments (PS3.5 A.4); the next one begins in a fragment of its own.
  const first = fragments.findIndex(({ length }) => length > 0)
  const next = fragments.findIndex(
    ({ position, length }, i) =>
      i > first && beginsPicture(dataSet.byteArray.subarray(position, position + length), coding),
  )
  const count = next < 0 ? fragments.length : next
  const bytes = dicomParser.readEncapsulatedPixelDataFromFragments(dataSet, element, 0, count)
  return { bytes, surplus: count < fragments.length || (element.basicOffsetTable?.length ?? 0) > 1 }
}

async function decodeCodestream(
  bytes: Uint8Array,
  format: PixelFormat,
  { syntax, lossy }: { readonly syntax: TransferSyntax; readonly lossy: boolean },
): Promise<Omit<DecodedPixels, 'syntax' | 'surplus'>> {
  const info = syntax.coding === 'jpeg2000' ? jpeg2000Info(bytes) : jpegInfo(bytes)
  checkSize(info.width, info.height)
  if (info.components !== 1) throw failure('COLOUR', 'The compressed picture is in colour. Choose a grey radiograph.')
  if (info.width !== format.width || info.height !== format.height)
    throw corrupt(`its picture is ${info.width} × ${info.height} pixels, its header says otherwise`)
  if (info.bits < 1 || info.bits > 16)
    throw failure('UNSUPPORTED_PIXELS', `Pixels of ${info.bits} bits are not supported.`)
  if (info.bits > format.bitsAllocated)
    throw corrupt(`its picture has ${info.bits} bits a pixel, its header has room for ${format.bitsAllocated}`)
  const { data } = await decoding(decoderOf(info)({ ...info, bytes }))
  // Where the code stream is narrower than the header says, its own precision holds the sign bit (PS3.5 8.2.4).
  const narrower = info.bits <= format.highBit
  const bitsStored = narrower ? Math.min(format.bitsStored, info.bits) : format.bitsStored
  const highBit = narrower ? bitsStored - 1 : format.highBit
  // Loss overshoots at edges; what lies beyond the stored bits is no overlay then, and masking would turn white into black.
  if (lossy && info.bits > bitsStored && highBit === bitsStored - 1)
    holdWithin(data, { from: info.bits, to: bitsStored, signed: format.signed })
  const pixels = storedValues(data, { bitsStored, highBit, signed: format.signed })
  return { pixels, bitsStored, streamSigned: info.signed, complete: hasEndMarker(bytes) }
}

function decoderOf(info: CodestreamInfo): (picture: EncodedPicture) => Promise<Samples> {
  switch (info.frame) {
    case null:
      return decodeJpeg2000
    case 'jpegls':
      return decodeJpegLs
    case 'lossless':
      return decodeJpegLossless
    default:
      return info.bits === 8 ? decodeJpeg8 : decodeJpeg12
  }
}

async function decoding(samples: Promise<Samples>): Promise<Samples> {
  try {
    return await samples
  } catch (cause) {
    throw corrupt('its compressed picture cannot be unpacked', cause)
  }
}

/** EOI and EOC are the same two bytes; a fragment may be padded to even length. */
function hasEndMarker(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= Math.max(0, bytes.length - 16); at--)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true
  return false
}

const sizeOf = ({ width, height }: PixelFormat) => ({ width, height })
