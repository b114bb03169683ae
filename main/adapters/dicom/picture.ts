import type { Film, FilmIdentity, Sha256 } from '../../../contract'
import { extremes } from './pixelRange'
import { failure } from './failures'
import { note, type Warning } from './warnings'

/** A PNG or JPEG file says nothing of the patient. */
const NOBODY: FilmIdentity = {
  sopInstanceUid: null,
  sopClassUid: null,
  studyUid: null,
  seriesUid: null,
  patientName: null,
  patientId: null,
  patientIdIssuer: null,
  patientSex: null,
  patientAge: null,
  studyDate: null,
  modality: null,
  viewPosition: null,
  bodyPart: null,
  laterality: null,
  manufacturer: null,
  description: null,
}

interface Picture {
  readonly source: 'png' | 'jpeg'
  readonly sha256: Sha256
  readonly width: number
  readonly height: number
  readonly bitsStored: number
}

/** A film from a plain picture file: bright is dense, no spacing, no identity. */
export function pictureFilm(pixels: Uint8Array | Uint16Array, picture: Picture): Film {
  const lossy = picture.source === 'jpeg'
  const warnings: Warning[] = lossy ? [note('LOSSY', 'A JPEG picture has lost its finest detail and noise.')] : []
  return {
    pixels,
    header: {
      ...picture,
      photometric: 'MONOCHROME2',
      signed: false,
      slope: 1,
      intercept: 0,
      values: 'stored',
      ...extremes(pixels, null),
      padding: null,
      voi: [],
      spacing: null,
      pixelAspect: 1,
      orientation: null,
      transferSyntax: null,
      lossy,
      identity: NOBODY,
      warnings,
    },
  }
}

/**
 * The grey channel of interleaved samples: one channel as it is, three (or a fourth, opaque) where they are equal.
 * @param tolerance largest difference between channels that still counts as grey: JPEG rounds
 * @throws SimpleBitsError COLOUR; UNSUPPORTED_PIXELS where transparency hides a part
 */
export function greyChannel<Values extends Uint8Array | Uint16Array>(
  data: Values,
  layout: { channels: number; tolerance: number; opaque: number },
): Values {
  const { channels, tolerance, opaque } = layout
  if (channels === 1) return data
  const colours = channels >= 3 ? 3 : 1
  const count = data.length / channels
  const grey = data.slice(0, count)
  for (let i = 0; i < count; i++) {
    const at = i * channels
    const value = data[at] ?? 0
    if (colours === 3) {
      const green = data[at + 1] ?? 0
      const blue = data[at + 2] ?? 0
      if (Math.abs(value - green) > tolerance || Math.abs(value - blue) > tolerance)
        throw failure('COLOUR', 'This is a colour picture. The classifier was made for grey radiographs.')
    }
    if (channels > colours && data[at + colours] !== opaque)
      throw failure('UNSUPPORTED_PIXELS', 'Parts of this picture are transparent. Save it without transparency.')
    grey[i] = colours === 3 ? (data[at + 1] ?? 0) : value
  }
  return grey as Values
}
