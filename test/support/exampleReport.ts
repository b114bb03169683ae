import { MODEL_SIZE, auditRecord, filmHeader, type AuditRecord, type FilmHeader, type PathPoint } from '../../contract'
import type { CaseReportInput } from '../../main/domain/report'

/**
 * An invented audit for tests of reports and pictures: no number in it was computed by a model. Names and ids are
 * marked TEST so that a leak is found by looking for the word.
 */
const hash = (digit: string) => digit.repeat(64)

export const EXAMPLE_IDENTITY: FilmHeader['identity'] = {
  sopInstanceUid: '1.2.826.0.1.TESTSOP',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
  studyUid: '1.2.826.0.1.TESTSTUDY',
  seriesUid: '1.2.826.0.1.TESTSERIES',
  patientName: 'TESTNAME^Erika',
  patientId: 'TESTID-4711',
  patientIdIssuer: 'TESTISSUER',
  patientSex: 'F',
  patientAge: '058Y',
  studyDate: '19990131',
  modality: 'DX',
  viewPosition: 'PA',
  bodyPart: 'CHEST',
  laterality: null,
  manufacturer: 'TESTMAKER',
  description: 'TESTDESCRIPTION',
}

export function exampleHeader(changes: Partial<FilmHeader> = {}): FilmHeader {
  return filmHeader.parse({
    source: 'dicom',
    sha256: '0123456789abcdef'.repeat(4),
    width: 512,
    height: 640,
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
    transferSyntax: '1.2.840.10008.1.2.1',
    lossy: false,
    identity: EXAMPLE_IDENTITY,
    warnings: [],
    ...changes,
  })
}

const FLAT = 20_000
const FULL = 52_000

/** A made-up way: forty stops, pressure rising, bits falling; the last ones lose the decision. */
function examplePath(): PathPoint[] {
  return Array.from({ length: 40 }, (_, i) => {
    const bits = 38_000 - 15_500 * (1 - Math.exp(-i / 12)) - (i > 34 ? (i - 34) * 150 : 0)
    const probability = i > 34 ? 0.46 - 0.03 * (i - 35) : 0.72 + 0.09 * Math.exp(-i / 6) * Math.cos(i)
    return {
      step: i * 4,
      pressure: [3, 6, 10, 15, 30, 60][Math.floor(i / 7)] ?? 60,
      bits,
      bpd: bits / MODEL_SIZE ** 2,
      aboveFlat: (bits - FLAT) / (FULL - FLAT),
      probability,
      matchingDistance: 0.5 * Math.exp(-i / 5) + 0.05,
      kl: 0.02 * Math.exp(-i / 9) + (i > 34 ? 0.1 : 0.001),
      decisionKept: i <= 34,
      seconds: i * 0.8,
      detail: [0, 0.02, 0.06, 0.3, 0.5, 0.7].map((share) => share / (1 + i / 20)),
      frame: i % 2 === 0 ? i / 2 : null,
    }
  })
}

const CHOSEN = 34

export function exampleRecord(changes: Partial<AuditRecord> = {}): AuditRecord {
  const path = examplePath()
  const chosen = path[CHOSEN]
  if (chosen === undefined) throw new Error('the example has no chosen stop')
  const figures = (bits: number, probability: number) => ({
    bits,
    bpd: bits / MODEL_SIZE ** 2,
    aboveFlat: (bits - FLAT) / (FULL - FLAT),
    probability,
    logit: Math.log(probability / (1 - probability)),
    noiseDraws: 8,
  })
  const layers = ['stem', 'stage1.block1', 'stage1.block2', 'stage2.block1', 'stage2.block2', 'stage3.block1', 'head']
  return auditRecord.parse({
    schema: 'simplebits.audit/1',
    createdAt: '2020-02-03T04:05:06.000Z',
    input: {
      file: 'TESTNAME_Erika_film.dcm',
      sha256: '0123456789abcdef'.repeat(4),
      modelInput: {
        version: 'model-input/1',
        low: 12,
        high: 240,
        inverted: false,
        box: { x: 13, y: 0, width: 102, height: 128 },
      },
    },
    model: { name: 'effusion-128', sha256: hash('a') },
    flow: { name: 'glow-cxr-128', sha256: hash('b') },
    backend: 'tensorflow',
    versions: { simplebits: '0.0.0-test', node: '20.0.0', tensorflow: '2.0.0' },
    researchUseOnly: 'Research use only – not for diagnosis',
    objective: 'activation',
    preset: 'standard',
    seed: 7,
    settings: {
      start: 'film',
      steps: 120,
      rate: 0.1,
      firstPressure: 0.5,
      lastPressure: 50,
      startShares: [0.3, 0.3, 0.5, 0.8],
    },
    flatBits: FLAT,
    original: figures(FULL, 0.781),
    simplified: {
      ...figures(chosen.bits, chosen.probability),
      step: chosen.step,
      pressure: 30,
      frame: chosen.frame ?? 0,
    },
    decisionKept: true,
    threshold: 0.5,
    certificate: {
      decisionKept: true,
      noiseDraws: 8,
      draws: { kept: 8, of: 8 },
      logitDifference: { mean: -0.214, sd: 0.031, min: -0.27, max: -0.16 },
      kl: { mean: 0.0041, sd: 0.0012, min: 0.0025, max: 0.0066 },
      activationDistance: { mean: 0.061, sd: 0.004, min: 0.055, max: 0.069 },
      gradientDistance: null,
      layers: layers.map((name, i) => ({ name, activationDistance: 0.02 + 0.015 * i, gradientDistance: null })),
      repeatability: null,
    },
    rivals: [
      {
        kind: 'blur',
        setting: 3.4,
        figures: figures(chosen.bits, 0.61),
        decisionKept: true,
        kl: 0.07,
        matchingDistance: 0.31,
      },
      {
        kind: 'jpeg',
        setting: 6,
        figures: figures(chosen.bits * 1.04, 0.42),
        decisionKept: false,
        kl: 0.29,
        matchingDistance: 0.44,
      },
      {
        kind: 'even',
        setting: 0.25,
        figures: figures(chosen.bits * 1.1, 0.66),
        decisionKept: true,
        kl: 0.03,
        matchingDistance: 0.55,
      },
    ],
    path,
    detailSigmas: [0.7, 1.4, 2.8, 5.6, 11.2],
    stopped: 'finished',
    firstUsableSeconds: 4.2,
    seconds: 41.7,
    warnings: [],
    ...changes,
  })
}

/** A failed audit: the decision flips. */
export function lostRecord(): AuditRecord {
  const record = exampleRecord()
  return exampleRecord({
    decisionKept: false,
    simplified: { ...record.simplified, probability: 0.31, logit: -0.8 },
    certificate: { ...record.certificate, decisionKept: false, draws: { kept: 1, of: 8 } },
  })
}

/** As versions before detail left was measured wrote it. */
export function withoutDetail(record: AuditRecord): AuditRecord {
  const path = record.path.map((point) => ({ ...point, detail: undefined }))
  return auditRecord.parse({ ...record, path, detailSigmas: undefined })
}

/** Soft stripes and a bright disc: something with structure, clearly no radiograph. */
export function testPattern(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const x = (i % width) / width - 0.5
    const y = Math.floor(i / width) / height - 0.5
    return 90 + 60 * Math.sin(x * 25) + (x * x + y * y < 0.06 ? 80 : 0)
  })
}

export function exampleReportInput(changes: Partial<CaseReportInput> = {}): CaseReportInput {
  const pixels = MODEL_SIZE ** 2
  const picture = testPattern(MODEL_SIZE, MODEL_SIZE)
  const originalMap = Float32Array.from(picture, (level) => (level / 255) * 6 + 0.4)
  const count = 20
  const detail = picture.map((level) => level / 3)
  const details = new Uint8Array(count * pixels)
  const pictures = new Uint8Array(count * pixels)
  for (let i = 0; i < count; i++)
    pictures.set(
      picture.map((level) => 128 + (level - 128) / (1 + i * 0.2)),
      i * pixels,
    )
  for (let i = 0; i < count; i++)
    details.set(
      detail.map((share) => share / (1 + i / 20)),
      i * pixels,
    )
  return {
    record: exampleRecord(),
    header: exampleHeader(),
    film: { width: 512, height: 640, pixels: testPattern(512, 640) },
    originalMap,
    simplifiedMap: originalMap.map((bits) => 0.3 + bits * 0.35),
    simplifiedPicture: picture.map((level) => 128 + (level - 128) / 2),
    frames: {
      count,
      pictures,
      maps: new Float32Array(count * pixels),
      details,
    },
    reportLabel: 'no effusion',
    notes: '',
    findings: [],
    reader: 'Dr. Ångström',
    identification: 'pseudonym',
    createdAt: '2020-03-04T05:06:07.000Z',
    productVersion: '0.0.0-test',
    ...changes,
  }
}
