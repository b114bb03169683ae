import type { Film } from '../../contract'
import type { TrainingFilm } from '../../main/adapters/trainingData'
import { FINDINGS } from '../../main/adapters/trainingData/trainingFilm'
import { seededRng } from '../../main/engine/rng'

/** A made-up film for tests: smooth shapes and grain from a seed; healthy unless told otherwise. */
export function trainingFilm(of: Partial<TrainingFilm> & { id: string; seed: number }): TrainingFilm {
  const { seed, ...given } = of
  return {
    split: 'train_hi',
    native: 256,
    leakRisk: 0,
    patientId: null,
    view: null,
    sex: null,
    age: null,
    noFinding: true,
    labels: FINDINGS.map(() => 0 as const),
    teacher: null,
    ...given,
    grey: given.grey ?? smoothPicture(seed),
  }
}

/** Square 8-bit grey levels as a decoded film. */
export function filmOf(pixels: Uint8Array, side: number): Film {
  const nobody = {
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
  const header: Film['header'] = {
    source: 'png',
    sha256: '0'.repeat(64) as Film['header']['sha256'],
    width: side,
    height: side,
    photometric: 'MONOCHROME2',
    bitsStored: 8,
    signed: false,
    slope: 1,
    intercept: 0,
    values: 'stored',
    minPixel: 0,
    maxPixel: 255,
    padding: null,
    voi: [],
    spacing: null,
    pixelAspect: 1,
    orientation: null,
    transferSyntax: null,
    lossy: false,
    identity: nobody,
    warnings: [],
  }
  return { header, pixels }
}

function smoothPicture(seed: number): Uint8Array {
  const rng = seededRng(seed)
  const phase = rng.uniform() * 6
  const grey = new Uint8Array(256 * 256)
  for (let i = 0; i < grey.length; i++) {
    const value = 128 + 70 * Math.sin((i % 256) / 40 + phase) + 30 * Math.cos(i / 256 / 25) + 8 * rng.normal()
    grey[i] = Math.min(255, Math.max(0, Math.round(value)))
  }
  return grey
}
