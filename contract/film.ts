import { z } from 'zod'
import { sha256 } from './ids'

/** One way to map modality values to grey (DICOM PS3.3 C.11.2, PS3.3 C.11.2.1.2/.3 for the functions). */
export const voiWindow = z.strictObject({
  kind: z.literal('window'),
  center: z.number(),
  width: z.number().positive(),
  function: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
  explanation: z.string().nullable(),
})
const voiTable = z.strictObject({
  kind: z.literal('table'),
  firstValue: z.number(),
  bits: z.number().int(),
  table: z.instanceof(Uint16Array),
  explanation: z.string().nullable(),
})
export const voi = z.discriminatedUnion('kind', [voiWindow, voiTable])
export type Voi = z.infer<typeof voi>

/** Physical size of a pixel, only where a valid tag gives it. `detector`: ImagerPixelSpacing, distances are "mm at detector". */
const pixelSpacing = z.strictObject({
  plane: z.enum(['detector', 'calibrated']),
  rowMm: z.number().positive(),
  columnMm: z.number().positive(),
})
export type PixelSpacing = z.infer<typeof pixelSpacing>

/** Who and what: shown on screen, never written into an export unless the user chose it. Null = the file does not say. */
export const filmIdentity = z.strictObject({
  sopInstanceUid: z.string().nullable(),
  sopClassUid: z.string().nullable(),
  studyUid: z.string().nullable(),
  seriesUid: z.string().nullable(),
  patientName: z.string().nullable(),
  patientId: z.string().nullable(),
  /** Who gave that ID: two of the same ID and different issuers are two patients. */
  patientIdIssuer: z.string().nullable(),
  patientSex: z.string().nullable(),
  patientAge: z.string().nullable(),
  studyDate: z.string().nullable(),
  modality: z.string().nullable(),
  viewPosition: z.string().nullable(),
  bodyPart: z.string().nullable(),
  laterality: z.string().nullable(),
  manufacturer: z.string().nullable(),
  description: z.string().nullable(),
})
export type FilmIdentity = z.infer<typeof filmIdentity>

/** Where rows and columns point in the patient (Patient Orientation, DICOM PS3.3 C.7.6.1.1.1): letters of R, L, A, P, H, F. */
const filmOrientation = z.strictObject({
  /** Anatomical direction of a row, towards the right edge of the picture as stored. */
  row: z.string().regex(/^[RLAPHF]{1,3}$/),
  /** Anatomical direction of a column, towards its bottom edge. */
  column: z.string().regex(/^[RLAPHF]{1,3}$/),
})
export type FilmOrientation = z.infer<typeof filmOrientation>

/** What a warning about a file may be of. */
export type FilmWarningCode =
  | 'ASPECT_IGNORED'
  | 'BODY_PART'
  | 'BURNED_IN_TEXT'
  | 'FOR_PROCESSING'
  | 'INCOMPLETE_PICTURE'
  | 'LATERAL_VIEW'
  | 'LAYOUT_UNSAID'
  | 'LOSSY'
  | 'MODALITY_MISSING'
  | 'OVERLAY_NOT_SHOWN'
  | 'POLARITY_CONTRADICTED'
  | 'POLARITY_TURNED'
  | 'POLARITY_UNUSUAL'
  | 'SHUTTER_NOT_APPLIED'
  | 'SPACING_IGNORED'
  | 'SPACING_PLANE_UNKNOWN'
  | 'SURPLUS_PIXELS'
  | 'TRAILING_BYTES'
  | 'VOI_DEPTH'
  | 'VOI_IGNORED'
  | 'WRONG_MODALITY'

/** Something the user has to know (not a radiograph, lossy compression, odd header …), in plain words; `code`: a `FilmWarningCode`, or what an earlier version stored. */
export const filmWarning = z.strictObject({ code: z.string(), message: z.string(), mustConfirm: z.boolean() })
export type FilmWarning = z.infer<typeof filmWarning>

/** Everything about a decoded film but its pixels. */
export const filmHeader = z.strictObject({
  source: z.enum(['dicom', 'png', 'jpeg']),
  sha256,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  photometric: z.enum(['MONOCHROME1', 'MONOCHROME2']),
  bitsStored: z.number().int().min(1).max(16),
  signed: z.boolean(),
  /** Modality value = slope · pixel + intercept; a Modality LUT is already applied to the pixels (then 1 and 0). */
  slope: z.number(),
  intercept: z.number(),
  /** Whether the pixels are the stored values, or what the file's Modality LUT made of them. */
  values: z.enum(['stored', 'modality table']),
  minPixel: z.number(),
  maxPixel: z.number(),
  /** Stored values that are padding, both ends inclusive (PixelPaddingValue, -RangeLimit). */
  padding: z.tuple([z.number(), z.number()]).nullable(),
  /** Presets of the file in its order; empty where it has none. */
  voi: z.array(voi),
  spacing: pixelSpacing.nullable(),
  /** Height of a pixel divided by its width; 1 for square pixels. */
  pixelAspect: z.number().positive(),
  /** Null where the file does not say or contradicts itself: it is never guessed. */
  orientation: filmOrientation.nullable(),
  transferSyntax: z.string().nullable(),
  lossy: z.boolean(),
  identity: filmIdentity,
  warnings: z.array(filmWarning),
})
export type FilmHeader = z.infer<typeof filmHeader>

/** Stored pixel values, row-major, height × width. */
export type FilmPixels = Uint8Array | Int8Array | Uint16Array | Int16Array

export interface Film {
  readonly header: FilmHeader
  readonly pixels: FilmPixels
}

/** How a film became the model's 128 × 128 picture (main/domain/modelInput.ts); kept with every result. */
export const modelInputRecord = z.strictObject({
  version: z.literal('model-input/1'),
  /** Modality values (after inversion of MONOCHROME1) that became level 0 and level 255. */
  low: z.number(),
  high: z.number(),
  inverted: z.boolean(),
  /** The film's rectangle inside the square, in model pixels (letterbox). */
  box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
})
export type ModelInputRecord = z.infer<typeof modelInputRecord>

/** What the model sees: 8-bit levels, row-major, 128 × 128, air dark and bone bright. */
export interface ModelInput {
  readonly record: ModelInputRecord
  readonly pixels: Uint8Array
}
