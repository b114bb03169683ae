import type { DataSet } from 'dicom-parser'
import { TAG, codeString, decimals, isPresent, unsignedShort } from './dataset'
import { corrupt, failure } from './failures'

/** How pixels are stored (PS3.3 C.7.6.3), checked: from here on the numbers can be trusted. */
export interface PixelFormat {
  readonly width: number
  readonly height: number
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2'
  readonly bitsAllocated: 8 | 16
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  /** What the file leaves open, although it must not (type 1): Pixel Representation; Bits Stored and High Bit both. */
  readonly unsaid: { readonly sign: boolean; readonly bits: boolean }
}

const MAX_SIDE = 32_768
const MAX_PIXELS = 100_000_000

/** @throws SimpleBitsError TOO_LARGE before anything is allocated for an absurd size */
export function checkSize(width: number, height: number): void {
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    throw failure(
      'TOO_LARGE',
      `The picture claims to be ${width} × ${height} pixels, more than any radiograph. The file is damaged or no film.`,
    )
}

/**
 * Reads and checks the image pixel module.
 * @throws SimpleBitsError NO_PIXELS, MULTI_FRAME, COLOUR, UNSUPPORTED_PIXELS, TOO_LARGE or DICOM_CORRUPT
 */
export function pixelFormat(dataSet: DataSet): PixelFormat {
  if (isPresent(dataSet, TAG.FloatPixelData) || isPresent(dataSet, TAG.DoubleFloatPixelData))
    throw failure('UNSUPPORTED_PIXELS', 'This file holds floating-point values, not the pixels of a film.')
  if (dataSet.elements[TAG.PixelData] === undefined)
    throw failure('NO_PIXELS', 'This DICOM file holds no picture (a report, a plan or a structure set, for instance).')
  refuseFrames(dataSet)
  const photometric = greyPhotometric(dataSet)
  const width = unsignedShort(dataSet, TAG.Columns)
  const height = unsignedShort(dataSet, TAG.Rows)
  if (!width || !height) throw corrupt('the size of its picture is missing')
  checkSize(width, height)
  return { width, height, photometric, ...bits(dataSet) }
}

function refuseFrames(dataSet: DataSet): void {
  const frames = decimals(dataSet, TAG.NumberOfFrames)[0] ?? 1
  // Some programs write 0 for a single picture; more pixels than one needs are told of.
  if (!(frames >= 1 || frames === 0)) throw corrupt('its number of frames makes no sense')
  if (frames > 1)
    throw failure(
      'MULTI_FRAME',
      `This file holds ${frames} frames (a series or a film loop). Choose a single radiograph.`,
    )
}

function greyPhotometric(dataSet: DataSet): 'MONOCHROME1' | 'MONOCHROME2' {
  const samples = unsignedShort(dataSet, TAG.SamplesPerPixel) ?? 1
  const photometric = codeString(dataSet, TAG.PhotometricInterpretation)?.toUpperCase() ?? null
  const colour = photometric !== null && /^(RGB|ARGB|CMYK|HSV|YBR_.*|PALETTE COLOR)$/.test(photometric)
  if (colour || samples === 3 || samples === 4)
    throw failure('COLOUR', 'This is a colour picture. The classifier was made for grey radiographs.')
  if (samples !== 1) throw corrupt(`it claims ${samples} values a pixel`)
  if (photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2') return photometric
  throw failure(
    'UNSUPPORTED_PIXELS',
    photometric === null
      ? 'The file does not say whether its small values are dark or bright, and that is not guessed.'
      : `The pixel kind “${photometric}” is not supported; a radiograph is MONOCHROME1 or MONOCHROME2.`,
  )
}

/** PS3.5 8.1.1: allocated, stored, and where the stored bits end. */
function bits(dataSet: DataSet): Omit<PixelFormat, 'width' | 'height' | 'photometric'> {
  const bitsAllocated = unsignedShort(dataSet, TAG.BitsAllocated)
  if (bitsAllocated !== 8 && bitsAllocated !== 16)
    throw failure(
      'UNSUPPORTED_PIXELS',
      bitsAllocated === null
        ? 'The file does not say how many bits a pixel has.'
        : `Pixels of ${bitsAllocated} bits are not supported; a radiograph has 8 or 16.`,
    )
  const [stored, high] = [unsignedShort(dataSet, TAG.BitsStored), unsignedShort(dataSet, TAG.HighBit)]
  // High Bit is one less than Bits Stored in every object of today's standard (PS3.3), so one of them gives the other.
  const bitsStored = stored ?? (high === null ? bitsAllocated : high + 1)
  const highBit = high ?? bitsStored - 1
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit < bitsStored - 1 || highBit >= bitsAllocated)
    throw failure(
      'UNSUPPORTED_PIXELS',
      `The pixel layout contradicts itself (${bitsStored} of ${bitsAllocated} bits, ending at bit ${highBit}).`,
    )
  const representation = unsignedShort(dataSet, TAG.PixelRepresentation)
  if (representation !== null && representation > 1) throw corrupt('it does not say whether pixels have a sign')
  const unsaid = { sign: representation === null, bits: stored === null && high === null }
  return { bitsAllocated, bitsStored, highBit, signed: representation === 1, unsaid }
}
