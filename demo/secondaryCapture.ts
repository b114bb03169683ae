import { createHash } from 'node:crypto'
import dcmjs from 'dcmjs'
import type { NihFilm } from './nihCatalogue'

const { DicomDict, DicomMetaDictionary } = dcmjs.data

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'
const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80'
const ATTRIBUTION =
  'NIH Clinical Center, ChestX-ray14 (nihcc.app.box.com/v/ChestXray-NIHCC); Wang et al., CVPR 2017. Research use only.'

export interface CapturedPicture {
  readonly width: number
  readonly height: number
  /** Grey 8 bits, as one lossless JPEG-LS code stream. */
  readonly jpegLs: Uint8Array
  /** Hex digest of the source file, from which all UIDs come: the same source gives the same file. */
  readonly sourceSha256: string
}

/**
 * A published 8-bit picture of a radiograph as Secondary Capture Image Storage (PS3.3 A.8.1). Not DX or CR: the detector's
 * values and acquisition are lost. Modality says what was captured; the collection does not tell CR from DX, and "DX"
 * stands for both. Conversion Type WSD: the picture came from a workstation. Spacing goes into Nominal Scanned Pixel
 * Spacing, the one uncalibrated spacing of the SC Image module (C.8.6.2); Pixel Spacing would claim calibration (10.7.1.1).
 */
export function secondaryCapture(film: NihFilm, picture: CapturedPicture): Uint8Array {
  const uid = (role: string) => derivedUid(`${picture.sourceSha256}/${role}`)
  const [patient = '', followUp = ''] = film.index.split('_')
  const meta = DicomMetaDictionary.denaturalizeDataset({
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: SECONDARY_CAPTURE,
    MediaStorageSOPInstanceUID: uid('instance'),
    TransferSyntaxUID: JPEG_LS_LOSSLESS,
    ImplementationClassUID: derivedUid('simplebits-workstation'),
    ImplementationVersionName: 'SIMPLEBITS',
  })
  const file = new DicomDict(meta)
  file.dict = DicomMetaDictionary.denaturalizeDataset({
    SpecificCharacterSet: 'ISO_IR 192',
    ImageType: ['DERIVED', 'SECONDARY'],
    SOPClassUID: SECONDARY_CAPTURE,
    SOPInstanceUID: uid('instance'),
    StudyDate: '',
    StudyTime: '',
    AccessionNumber: '',
    Modality: 'DX',
    ConversionType: 'WSD',
    ReferringPhysicianName: '',
    SeriesDescription: 'NIH ChestX-ray14',
    DerivationDescription:
      'Radiograph scaled to 1024 x 1024 pixels and 8 bits by the NIH Clinical Center; pixels of the PNG unchanged',
    PatientName: `NIH ${patient}`,
    PatientID: patient,
    PatientBirthDate: '',
    PatientSex: film.sex,
    PatientAge: `${String(film.age).padStart(3, '0')}Y`,
    PatientIdentityRemoved: 'YES',
    DeidentificationMethod: 'As published by the NIH Clinical Center',
    BodyPartExamined: 'CHEST',
    ...(film.spacing === null
      ? {}
      : { NominalScannedPixelSpacing: [mm(film.spacing.rowMm), mm(film.spacing.columnMm)] }),
    ViewPosition: film.view,
    StudyInstanceUID: uid('study'),
    SeriesInstanceUID: uid('series'),
    StudyID: followUp,
    SeriesNumber: 1,
    InstanceNumber: 1,
    PatientOrientation: '',
    ImageComments: ATTRIBUTION,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: picture.height,
    Columns: picture.width,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    BurnedInAnnotation: 'NO',
    // The window under which the published levels are shown as they are (C.11.2.1.2.1).
    WindowCenter: 128,
    WindowWidth: 256,
    PixelData: [evenBuffer(picture.jpegLs)],
    _vrMap: { PixelData: 'OB' },
  })
  return new Uint8Array(file.write({ fragmentMultiframe: false }))
}

/** A decimal string has at most 16 characters. */
const mm = (value: number): string => value.toFixed(6)

/** A UID below 2.25 from a name: the decimal value of a version-8 UUID (PS3.5 B.2, RFC 9562). */
function derivedUid(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`
}

function evenBuffer(bytes: Uint8Array): ArrayBuffer {
  const even = new Uint8Array(bytes.length + (bytes.length % 2))
  even.set(bytes)
  return even.buffer
}
