import type { DataSet } from 'dicom-parser'
import type { Film, FilmHeader, FilmPixels, Sha256 } from '../../../contract'
import { TAG, codeString } from './dataset'
import { decodePixels, type DecodedPixels } from './decodePixels'
import { filmIdentity } from './identity'
import { modalityTransform, throughTable, type ModalityTransform } from './modality'
import { notShown } from './notShown'
import { filmOrientation } from './orientation'
import { paddingRange } from './padding'
import { parseDataset } from './parseDataset'
import { pixelFormat } from './pixelFormat'
import { polarity } from './polarity'
import { extremes } from './pixelRange'
import { geometry } from './spacing'
import { isSlice, suitability } from './suitability'
import { textReader } from './text'
import { unsaidLayout } from './unsaidLayout'
import { voiPresets } from './voi'
import { note, type Warning } from './warnings'

/**
 * Reads a DICOM file to a film: one grey frame, stored or (with a Modality LUT) modality values.
 * @throws SimpleBitsError with the reason why it is no film or cannot be read
 */
export async function readDicom(bytes: Uint8Array, sha256: Sha256): Promise<Film> {
  const parsed = parseDataset(bytes)
  const { dataSet, transferSyntax } = parsed
  const format = pixelFormat(dataSet)
  const transform = modalityTransform(dataSet, format)
  const decoded = await decodePixels(parsed, format)
  const text = textReader(dataSet)
  const identity = filmIdentity(dataSet, text)
  const { spacing, pixelAspect, warnings } = geometry(dataSet, { ...format, slice: isSlice(identity) })
  const values = modalityValues(decoded, transform, {
    signed: format.signed,
    padding: paddingRange(dataSet, format),
    darkIsHigh: format.photometric === 'MONOCHROME1',
  })
  const { voi, ignored, deepened } = voiPresets(dataSet, text, { signed: smallestModalityValue(values) < 0 })
  const lossy = isLossy(dataSet, decoded)
  const { pixels, ...ofValues } = values
  const levels = { photometric: format.photometric, ...ofValues, ...extremes(pixels, values.padding), voi }
  return {
    pixels,
    header: {
      source: 'dicom',
      sha256,
      width: format.width,
      height: format.height,
      ...levels,
      spacing,
      pixelAspect,
      orientation: filmOrientation(dataSet),
      transferSyntax,
      lossy,
      identity,
      warnings: [
        ...suitability(identity, codeString(dataSet, TAG.PresentationIntentType)),
        ...warnings,
        ...unsaidLayout(format, decoded),
        ...polarity(dataSet, levels),
        ...pictureWarnings({ ignored, deepened, lossy, decoded, trailing: parsed.trailing }),
        ...notShown(dataSet),
      ],
    },
  }
}

type Values = Pick<FilmHeader, 'bitsStored' | 'signed' | 'slope' | 'intercept' | 'values' | 'padding'> & {
  pixels: FilmPixels
}

/** Stored values and the line to modality values, or modality values where a table gives them. */
function modalityValues(decoded: DecodedPixels, transform: ModalityTransform, picture: Picture): Values {
  const { signed, padding, darkIsHigh } = picture
  if (transform.kind === 'linear') {
    const { slope, intercept } = transform
    const { pixels, bitsStored } = decoded
    return { pixels, bitsStored, signed, slope, intercept, values: 'stored', padding }
  }
  const shown = throughTable(decoded.pixels, transform.table, { padding, darkIsHigh })
  const { bits: bitsStored } = transform.table
  return { ...shown, bitsStored, signed: false, slope: 1, intercept: 0, values: 'modality table' }
}

/** Of all that the stored bits can hold. A slope may be negative. */
function smallestModalityValue({ bitsStored, signed, slope, intercept }: Omit<Values, 'pixels'>): number {
  const lowest = signed ? -(2 ** (bitsStored - 1)) : 0
  const highest = lowest + 2 ** bitsStored - 1
  return Math.min(slope * lowest, slope * highest) + intercept
}

interface Picture {
  readonly signed: boolean
  readonly padding: [number, number] | null
  readonly darkIsHigh: boolean
}

function isLossy(dataSet: DataSet, { syntax }: DecodedPixels): boolean {
  const flag = codeString(dataSet, TAG.LossyImageCompression)
  if (flag === '01' || syntax.lossy === true) return true
  return syntax.lossy === 'depends' && flag !== '00'
}

function pictureWarnings(facts: {
  ignored: number
  deepened: number
  lossy: boolean
  decoded: DecodedPixels
  trailing: boolean
}): Warning[] {
  const warnings: Warning[] = []
  if (!facts.decoded.complete)
    warnings.push({
      code: 'INCOMPLETE_PICTURE',
      message: 'The compressed picture has no end mark: a part of it may be missing. Compare it with the original.',
      mustConfirm: true,
    })
  if (facts.decoded.surplus)
    warnings.push({
      code: 'SURPLUS_PIXELS',
      message: 'The file holds more pixel values than its size says; only the first picture is shown.',
      mustConfirm: true,
    })
  if (facts.trailing)
    warnings.push(
      note('TRAILING_BYTES', 'Behind its picture the file holds bytes that make no sense; they are left out.'),
    )
  if (facts.lossy)
    warnings.push(
      note('LOSSY', 'The film was compressed with loss; its finest detail and noise are not the original ones.'),
    )
  if (facts.deepened > 0)
    warnings.push(
      note(
        'VOI_DEPTH',
        'A grey table of the file claims more grey levels than it has; its lightest level is shown as white.',
      ),
    )
  if (facts.ignored > 0) warnings.push(note('VOI_IGNORED', 'A window of the file makes no sense and is left out.'))
  return warnings
}
