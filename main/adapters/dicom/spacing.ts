import type { DataSet } from 'dicom-parser'
import type { PixelSpacing } from '../../../contract'
import { TAG, codeString, decimals, type Tag } from './dataset'
import { note, type Warning } from './warnings'

interface Geometry {
  readonly spacing: PixelSpacing | null
  readonly pixelAspect: number
  readonly warnings: readonly Warning[]
}

interface Picture {
  readonly width: number
  readonly height: number
  /** A slice has one pixel size; a projection has one at the detector and another one in the patient. */
  readonly slice: boolean
}

type PixelSize = Pick<PixelSpacing, 'rowMm' | 'columnMm'>

/** No X-ray detector has finer or coarser pixels; what lies outside is a mistake. */
const PLAUSIBLE_MM = { min: 0.005, max: 10 }
/** Height to width of a pixel. */
const PLAUSIBLE_SHAPE = { min: 0.1, max: 10 }
/** A whole patient is hardly longer. */
const LONGEST_FILM_MM = 2000
/** What programs write that know no pixel size. */
const PLACEHOLDER_MM = 1

/** The patient lies before the detector, so a pixel is smaller there by at least this share; less may be rounding. */
const MAGNIFIED = 0.005
/** Share of its size at the detector that a pixel has in a patient near the tube; a smaller one is a mistake. */
const MOST_MAGNIFIED = 0.4
/** Shapes of pixels that differ by less are one: both sides are rounded. */
const SAME_SHAPE = 0.01

const CALIBRATIONS = ['GEOMETRY', 'FIDUCIAL']

/**
 * Pixel size and shape (PS3.3 10.7.1). Pixel Spacing counts as calibrated to the patient where the file says so by a calibration
 * type or by a smaller size than at the detector, and in slices; else distances are "at detector". Values that no film has are
 * ignored, and none is believed where they contradict each other, both with a warning: a distance is right or not given.
 */
export function geometry(dataSet: DataSet, picture: Picture): Geometry {
  const warnings: Warning[] = []
  const read = (tag: Tag): PixelSize | null => {
    const fault = decimals(dataSet, tag).length === 0 ? null : faultOf(pair(dataSet, tag), picture)
    if (fault !== null && !warnings.some(({ message }) => message === fault))
      warnings.push(note('SPACING_IGNORED', fault))
    return fault === null ? pair(dataSet, tag) : null
  }
  const patient = read(TAG.PixelSpacing)
  const detector = [read(TAG.ImagerPixelSpacing), read(TAG.NominalScannedPixelSpacing)].filter((one) => one !== null)
  const aspect = aspectRatio(dataSet)
  const shapes = [patient, ...detector].flatMap((size) => (size === null ? [] : [size.rowMm / size.columnMm]))
  const [pixelAspect = 1, ...others] = aspect !== null && isShape(aspect) ? [...shapes, aspect] : shapes
  if (others.some((shape) => !isNear(shape / pixelAspect, SAME_SHAPE))) {
    warnings.push(
      note('ASPECT_IGNORED', 'The file contradicts itself on the shape of its pixels. Distances are given in pixels.'),
    )
    return { spacing: null, pixelAspect, warnings }
  }
  if (shapes.length === 0 && aspect !== null && !isShape(aspect))
    warnings.push(note('ASPECT_IGNORED', 'The file gives an impossible pixel shape; pixels are taken as square.'))
  return { spacing: chooseSpacing({ dataSet, patient, detector, ...picture }, warnings), pixelAspect, warnings }
}

/** Why no film has such pixels; null where one may have them. */
function faultOf(size: PixelSize | null, { width, height, slice }: Picture): string | null {
  const isLarge = size !== null && Math.max(height * size.rowMm, width * size.columnMm) > LONGEST_FILM_MM
  if (size === null || (isLarge && !slice)) return 'The file gives an impossible pixel size, which is ignored.'
  const isPlaceholder = size.rowMm === PLACEHOLDER_MM && size.columnMm === PLACEHOLDER_MM
  return isPlaceholder && !slice
    ? 'The file gives a pixel size of 1 mm, as programs do that know none; it is ignored.'
    : null
}

interface Sizes {
  readonly dataSet: DataSet
  readonly slice: boolean
  readonly patient: PixelSize | null
  /** One size said once or twice, or two. */
  readonly detector: readonly PixelSize[]
}

function chooseSpacing({ dataSet, slice, patient, detector }: Sizes, warnings: Warning[]): PixelSpacing | null {
  const [first = null, ...more] = detector
  const contradicted = () => {
    warnings.push(
      note('SPACING_IGNORED', 'The file gives pixel sizes that contradict each other. Distances are given in pixels.'),
    )
    return null
  }
  if (first !== null && more.some((size) => !isNear(size.rowMm / first.rowMm, MAGNIFIED))) return contradicted()
  if (patient === null) return first === null ? null : { plane: 'detector', ...first }
  const typed = CALIBRATIONS.includes(codeString(dataSet, TAG.PixelSpacingCalibrationType)?.toUpperCase() ?? '')
  if (first === null) {
    if (typed || slice) return { plane: 'calibrated', ...patient }
    warnings.push(
      note(
        'SPACING_PLANE_UNKNOWN',
        'The file does not say whether its pixel size was calibrated; distances are given at the detector.',
      ),
    )
    return { plane: 'detector', ...patient }
  }
  const ratio = patient.rowMm / first.rowMm
  if (isNear(ratio, MAGNIFIED)) return { plane: typed ? 'calibrated' : 'detector', ...patient }
  return ratio < 1 && ratio >= MOST_MAGNIFIED ? { plane: 'calibrated', ...patient } : contradicted()
}

/** Row spacing (vertical) first, then column spacing (10.7.1.3). */
function pair(dataSet: DataSet, tag: Tag): PixelSize | null {
  const [rowMm, columnMm, ...more] = decimals(dataSet, tag)
  if (more.length > 0) return null
  return isPlausible(rowMm) && isPlausible(columnMm) && isShape(rowMm / columnMm) ? { rowMm, columnMm } : null
}

/** Height to width (C.7.6.3.1.7), NaN where what is there is none; null where nothing is. */
function aspectRatio(dataSet: DataSet): number | null {
  const [vertical = NaN, horizontal = NaN, ...more] = decimals(dataSet, TAG.PixelAspectRatio)
  if (decimals(dataSet, TAG.PixelAspectRatio).length === 0) return null
  return more.length === 0 ? vertical / horizontal : NaN
}

const isPlausible = (mm: number | undefined): mm is number =>
  mm !== undefined && mm >= PLAUSIBLE_MM.min && mm <= PLAUSIBLE_MM.max

const isShape = (ratio: number): boolean => ratio >= PLAUSIBLE_SHAPE.min && ratio <= PLAUSIBLE_SHAPE.max

/** Whether a ratio is 1 but for rounding. */
const isNear = (ratio: number, tolerance: number): boolean => Math.abs(ratio - 1) <= tolerance
