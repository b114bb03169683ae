import type { DataSet } from 'dicom-parser'
import type { PixelSpacing } from '../../../contract'
import { TAG, codeString, decimals, type Tag } from './dataset'
import { note, type Warning } from './warnings'

interface Geometry {
  readonly spacing: PixelSpacing | null
  readonly pixelAspect: number
  readonly warnings: readonly Warning[]
}

/** No X-ray detector has finer or coarser pixels; what lies outside is a mistake. */
const PLAUSIBLE_MM = { min: 0.005, max: 10 }
/** Height to width of a pixel. */
const PLAUSIBLE_SHAPE = { min: 0.1, max: 10 }
const SPACING_TAGS = [TAG.PixelSpacing, TAG.ImagerPixelSpacing, TAG.NominalScannedPixelSpacing] as const

/** The patient lies before the detector, so a pixel is smaller there by at least this share; less may be rounding. */
const MAGNIFIED = 0.005

/**
 * Pixel size and shape (PS3.3 10.7.1). Pixel Spacing counts as calibrated to the patient where the file says so by a
 * calibration type or by a smaller size than at the detector, and in slices; else distances are
 * "at detector". Values that are no positive plausible numbers, or of an impossible shape, are ignored with a warning.
 */
export function geometry(dataSet: DataSet, options: { slice: boolean }): Geometry {
  const warnings: Warning[] = []
  if (SPACING_TAGS.some((tag) => decimals(dataSet, tag).length > 0 && pair(dataSet, tag) === null))
    warnings.push(note('SPACING_IGNORED', 'The file gives an impossible pixel size, which is ignored.'))
  const spacing = chooseSpacing(dataSet, options.slice, warnings)
  const aspect = decimals(dataSet, TAG.PixelAspectRatio)
  const [vertical = NaN, horizontal = NaN, ...more] = aspect.length === 0 ? [1, 1] : aspect
  if (spacing !== null) return { spacing, pixelAspect: spacing.rowMm / spacing.columnMm, warnings }
  const ratio = more.length === 0 ? vertical / horizontal : NaN
  if (isShape(ratio)) return { spacing, pixelAspect: ratio, warnings }
  warnings.push(note('ASPECT_IGNORED', 'The file gives an impossible pixel shape; pixels are taken as square.'))
  return { spacing, pixelAspect: 1, warnings }
}

function chooseSpacing(dataSet: DataSet, slice: boolean, warnings: Warning[]): PixelSpacing | null {
  const patient = pair(dataSet, TAG.PixelSpacing)
  const detector = pair(dataSet, TAG.ImagerPixelSpacing) ?? pair(dataSet, TAG.NominalScannedPixelSpacing)
  if (patient === null) return detector === null ? null : { plane: 'detector', ...detector }
  const typed = codeString(dataSet, TAG.PixelSpacingCalibrationType) !== null
  const ratios = detector && [patient.rowMm / detector.rowMm, patient.columnMm / detector.columnMm]
  const corrected = ratios?.every((ratio) => ratio < 1 - MAGNIFIED) ?? slice
  if (typed || corrected) return { plane: 'calibrated', ...patient }
  if (!ratios?.every((ratio) => Math.abs(ratio - 1) <= MAGNIFIED))
    warnings.push(
      note(
        'SPACING_PLANE_UNKNOWN',
        'The file does not say whether its pixel size was calibrated; distances are given at the detector.',
      ),
    )
  return { plane: 'detector', ...patient }
}

/** Row spacing (vertical) first, then column spacing (10.7.1.3). */
function pair(dataSet: DataSet, tag: Tag): { rowMm: number; columnMm: number } | null {
  const [rowMm, columnMm, ...more] = decimals(dataSet, tag)
  if (more.length > 0) return null
  return isPlausible(rowMm) && isPlausible(columnMm) && isShape(rowMm / columnMm) ? { rowMm, columnMm } : null
}

const isPlausible = (mm: number | undefined): mm is number =>
  mm !== undefined && mm >= PLAUSIBLE_MM.min && mm <= PLAUSIBLE_MM.max

const isShape = (ratio: number): boolean => ratio >= PLAUSIBLE_SHAPE.min && ratio <= PLAUSIBLE_SHAPE.max
