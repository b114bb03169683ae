import dicomParser, { type DataSet, type Element } from 'dicom-parser'

/** Attributes this program reads, by their name in PS3.6, as dicom-parser spells tags. */
export const TAG = {
  SpecificCharacterSet: 'x00080005',
  SOPClassUID: 'x00080016',
  SOPInstanceUID: 'x00080018',
  StudyDate: 'x00080020',
  Modality: 'x00080060',
  PresentationIntentType: 'x00080068',
  Manufacturer: 'x00080070',
  CodeMeaning: 'x00080104',
  StudyDescription: 'x00081030',
  SeriesDescription: 'x0008103e',
  AnatomicRegionSequence: 'x00082218',
  PatientName: 'x00100010',
  PatientID: 'x00100020',
  IssuerOfPatientID: 'x00100021',
  PatientSex: 'x00100040',
  PatientAge: 'x00101010',
  BodyPartExamined: 'x00180015',
  ImagerPixelSpacing: 'x00181164',
  ShutterShape: 'x00181600',
  NominalScannedPixelSpacing: 'x00182010',
  PatientPosition: 'x00185100',
  ViewPosition: 'x00185101',
  StudyInstanceUID: 'x0020000d',
  SeriesInstanceUID: 'x0020000e',
  PatientOrientation: 'x00200020',
  Laterality: 'x00200060',
  ImageLaterality: 'x00200062',
  SamplesPerPixel: 'x00280002',
  PhotometricInterpretation: 'x00280004',
  NumberOfFrames: 'x00280008',
  Rows: 'x00280010',
  Columns: 'x00280011',
  PixelSpacing: 'x00280030',
  PixelAspectRatio: 'x00280034',
  BitsAllocated: 'x00280100',
  BitsStored: 'x00280101',
  HighBit: 'x00280102',
  PixelRepresentation: 'x00280103',
  PixelPaddingValue: 'x00280120',
  PixelPaddingRangeLimit: 'x00280121',
  BurnedInAnnotation: 'x00280301',
  PixelSpacingCalibrationType: 'x00280a02',
  PixelIntensityRelationshipSign: 'x00281041',
  WindowCenter: 'x00281050',
  WindowWidth: 'x00281051',
  RescaleIntercept: 'x00281052',
  RescaleSlope: 'x00281053',
  WindowCenterWidthExplanation: 'x00281055',
  VOILUTFunction: 'x00281056',
  LossyImageCompression: 'x00282110',
  ModalityLUTSequence: 'x00283000',
  LUTDescriptor: 'x00283002',
  LUTExplanation: 'x00283003',
  LUTData: 'x00283006',
  VOILUTSequence: 'x00283010',
  ViewCodeSequence: 'x00540220',
  PresentationLUTShape: 'x20500020',
  FloatPixelData: 'x7fe00008',
  DoubleFloatPixelData: 'x7fe00009',
  PixelData: 'x7fe00010',
} as const
export type Tag = (typeof TAG)[keyof typeof TAG]

const UNDEFINED_LENGTH = 0xffffffff

/** True where the attribute is there and has a value. */
export const isPresent = (dataSet: DataSet, tag: Tag): boolean => (dataSet.elements[tag]?.length ?? 0) > 0

/** Code string or number string: ASCII, trimmed of spaces and NULs, 64 characters at most; null where absent or empty. */
export function codeString(dataSet: DataSet, tag: Tag): string | null {
  return wholeString(dataSet, tag)?.slice(0, 64) ?? null
}

/** The same, however long it is. */
export function wholeString(dataSet: DataSet, tag: Tag): string | null {
  if (!isPresent(dataSet, tag)) return null
  return dataSet.string(tag)?.split('\0')[0]?.trim() || null
}

/** An unsigned 16-bit attribute; null where absent or too short. */
export function unsignedShort(dataSet: DataSet, tag: Tag): number | null {
  return (dataSet.elements[tag]?.length ?? 0) >= 2 ? (dataSet.uint16(tag) ?? null) : null
}

/** Decimal strings (DS, IS) as written; a text that is no number becomes NaN, so that the caller has to decide. */
export function decimals(dataSet: DataSet, tag: Tag): number[] {
  if (!isPresent(dataSet, tag)) return []
  const text = dataSet.string(tag) ?? ''
  return text.split('\\').map((part) => {
    const trimmed = part.replaceAll('\0', '').trim()
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : NaN
  })
}

/** The items of a sequence that hold anything; null where what is there cannot be read as items. */
export function sequenceItems(dataSet: DataSet, tag: Tag): DataSet[] | null {
  const element = dataSet.elements[tag]
  if (element === undefined || element.length === 0) return []
  const items = element.items ?? itemsOfUnknown(dataSet, element)
  return items?.flatMap((item) => (item.dataSet ? [item.dataSet] : [])) ?? null
}

/** A sequence that came through a program which did not know it is UN, and implicit little endian in any file (PS3.5 6.2.2). */
function itemsOfUnknown(dataSet: DataSet, element: Element): readonly Element[] | null {
  if (element.vr !== 'UN') return null
  const bytes = valueBytes(dataSet, element)
  // "Undefined" means up to a delimiter or the end of the bytes: both occur here.
  const sequence: Element = { tag: element.tag, length: UNDEFINED_LENGTH, dataOffset: 0 }
  try {
    const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, bytes, 0)
    dicomParser.readSequenceItemsImplicit(stream, sequence)
  } catch {
    return null
  }
  return sequence.items ?? null
}

/** How many bytes of an element's value the file holds: the parser takes a length in implicit VR at its word. */
export function bytesThere({ byteArray }: DataSet, { dataOffset, length }: Element): number {
  return Math.min(length, byteArray.length - dataOffset)
}

/** The bytes of an element's value. */
export function valueBytes(dataSet: DataSet, element: Element): Uint8Array {
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
}
