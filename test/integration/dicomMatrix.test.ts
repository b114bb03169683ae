import { readFileSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode, filmHeader, type Film } from '../../contract'
import { DecodePool, decodeWorkerFile } from '../../main/adapters/dicom'
import { samePixels } from '../support/samePixels'
import { sharedData } from '../support/sharedData'

const fixtures = resolve(import.meta.dirname, '../fixtures/dicom')
let films: DecodePool

beforeAll(() => {
  films = new DecodePool({ worker: decodeWorkerFile() })
})
afterAll(() => films.close())

const dicomIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => join(folder, name))

/** Every file ends in a sound film or in one of the closed error codes, and within the limit. */
async function outcome(file: string): Promise<Film | string> {
  const start = performance.now()
  const result = await films.read(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return errorCode.exclude(['INTERNAL', 'DECODE_TIMEOUT']).parse(code)
  })
  expect(performance.now() - start, file).toBeLessThan(20_000)
  if (typeof result !== 'string') {
    filmHeader.parse(result.header)
    expect(result.pixels.length).toBe(result.header.width * result.header.height)
  }
  return result
}

async function film(file: string): Promise<Film> {
  const result = await outcome(file)
  if (typeof result === 'string') throw new Error(`${basename(file)} was refused: ${result}`)
  return result
}

describe('transfer syntaxes (files of the repository)', () => {
  const file = (name: string) => join(fixtures, `ct_${name}.dcm`)

  it('decodes every lossless syntax to the same pixels', async () => {
    const reference = await film(file('DeflatedExplicitVRLittleEndian'))
    expect(reference.header).toMatchObject({ width: 512, height: 512, signed: true, bitsStored: 16, intercept: -1024 })
    expect(reference.header).toMatchObject({ minPixel: -2000, maxPixel: 2402, padding: [-32768, -32768] })
    for (const name of ['JPEG2000LosslessOnly', 'JPEGLSLossless', 'JPEGProcess14', 'RLELossless'])
      expect(samePixels((await film(file(name))).pixels, reference.pixels), name).toBe(true)
  })

  it('decodes 12-bit JPEG within its loss', async () => {
    const reference = await film(file('RLELossless'))
    const lossy = await film(file('JPEGProcess2_4'))
    expect(lossy.header).toMatchObject({ bitsStored: 12, lossy: true })
    const modality = ({ pixels, header }: Film, i: number) => (pixels[i] ?? 0) * header.slope + header.intercept
    const errors = Array.from(lossy.pixels, (_, i) =>
      Math.abs(modality(lossy, i) - Math.max(-3047, modality(reference, i))),
    )
    expect(errors.reduce((a, b) => a + b) / errors.length).toBeLessThan(12)
  })
})

describe('broken files (files of the repository)', () => {
  const expected: Record<string, string> = {
    TC0267_depth_500_raw: 'DICOM_CORRUPT',
    TC0291_buf_zero: 'NO_PIXELS',
    TC0293_buf_one_byte: 'DICOM_CORRUPT',
    TC0309_bits_ba_three: 'UNSUPPORTED_PIXELS',
    TC0317_bits_ba_128: 'UNSUPPORTED_PIXELS',
    TC0325_encap_10k_frags: 'DICOM_CORRUPT',
    TC0339_mf_nf_million: 'MULTI_FRAME',
    TC0347_deflate_truncated: 'DICOM_CORRUPT',
  }

  it('TC0277_missing_delim has its whole picture before the sequence that never ends, and says so', async () => {
    const { header, pixels } = await film(join(fixtures, 'fuzz', 'TC0277_missing_delim.dcm'))
    expect(pixels).toHaveLength(64 * 64)
    expect(header.warnings.map(({ code }) => code)).toEqual(['WRONG_MODALITY', 'TRAILING_BYTES'])
  })

  it.each(readdirSync(join(fixtures, 'fuzz')))('%s ends as it should', async (name) => {
    const result = await outcome(join(fixtures, 'fuzz', name))
    const code = expected[basename(name, '.dcm')]
    if (code !== undefined) expect(result).toBe(code)
    else expect(typeof result === 'string' ? result : result.header.warnings[0]?.code).toMatch(/WRONG_MODALITY|CORRUPT/)
  })
})

const matrix = sharedData('dicom', 'ts_matrix_chest_derived')
describe.skipIf(matrix === null)('one chest film in every transfer syntax', () => {
  const file = (name: string) => join(matrix ?? '', `chest_${name}.dcm`)

  it('decodes to the pixels of the original', async () => {
    // The original's own bytes, read without any of our code: 440 · 440 little-endian words at the end of the file.
    const bytes = readFileSync(sharedData('dicom', 'chest', 'gdcm_CR-MONO1-10-chest.dcm') ?? '')
    const words = new Uint16Array(new Uint8Array(bytes.subarray(bytes.length - 440 * 440 * 2)).buffer)
    const lossless = ['deflated', 'evrbe', 'evrle', 'ivrle', 'j2k_lossless', 'jpegll_sv1', 'jpegls_lossless', 'rle']
    for (const name of lossless) {
      const { pixels, header } = await film(file(name))
      expect(samePixels(pixels, words), name).toBe(true)
      expect(header).toMatchObject({ photometric: 'MONOCHROME1', bitsStored: 10, lossy: false, warnings: [] })
    }
  })

  it('decodes near-lossless files within their bound and names the loss', async () => {
    const { pixels } = await film(file('evrle'))
    for (const name of ['jpegls_near', 'jpegls_near2']) {
      const near = await film(file(name))
      const largest = Array.from(near.pixels).reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (pixels[i] ?? 0))),
        0,
      )
      expect(largest, name).toBeLessThanOrEqual(2)
      expect(near.header.warnings.map(({ code }) => code)).toEqual(['LOSSY'])
    }
  })

  it('decodes 8- and 12-bit JPEG to the film, scaled', async () => {
    const { pixels } = await film(file('evrle'))
    for (const [name, scale] of [
      ['jpeg_baseline8', 255 / 1023],
      ['jpeg_ext12', 4095 / 1023],
    ] as const) {
      const lossy = await film(file(name))
      const errors = Array.from(lossy.pixels, (value, i) => Math.abs(value / scale - (pixels[i] ?? 0)))
      expect(errors.reduce((a, b) => a + b) / errors.length, name).toBeLessThan(30)
      expect(lossy.header.lossy).toBe(true)
    }
  })
})

const radiographs = ['chest', 'radiographs_other'].map((name) => sharedData('dicom', name))
describe.skipIf(radiographs.includes(null))('real radiographs', () => {
  it('all decode; one vendor’s lossless codings agree', { timeout: 120_000 }, async () => {
    for (const folder of radiographs) for (const file of dicomIn(folder ?? '')) await film(file)
    const [reference, ...others] = await Promise.all(
      ['JLSL', 'J2KR', 'JPLL', 'RLE'].map((name) => film(join(radiographs[1] ?? '', `nema_RG2_${name}.dcm`))),
    )
    for (const other of others) expect(reference && samePixels(other.pixels, reference.pixels)).toBe(true)
  })

  it('puts the Modality LUT into the pixels', async () => {
    const { header } = await film(join(radiographs[1] ?? '', 'CR-ModalitySequenceLUT.dcm'))
    expect(header).toMatchObject({ slope: 1, intercept: 0, spacing: { plane: 'detector', rowMm: 0.15 } })
  })
})

const ct = sharedData('dicom', 'ts_matrix_upstream_ct')
describe.skipIf(ct === null)('one CT slice in sixteen transfer syntaxes', () => {
  it('decodes, and asks whether it is meant', async () => {
    const files = dicomIn(ct ?? '')
    expect(files.length).toBe(16)
    const reference = await film(join(ct ?? '', 'CTImage.dcm'))
    for (const file of files) {
      const { header, pixels } = await film(file)
      expect(header.warnings[0], file).toMatchObject({ code: 'WRONG_MODALITY', mustConfirm: true })
      if (!header.lossy) expect(samePixels(pixels, reference.pixels), file).toBe(true)
    }
  })
})

const broken = [sharedData('dicom', 'malformed_upstream'), sharedData('fuzz')]
describe.skipIf(broken.includes(null))('broken files', () => {
  it('each ends in a film or an error code', { timeout: 300_000 }, async () => {
    const { files } = await films.discover(broken.filter((folder) => folder !== null))
    expect(files.length).toBeGreaterThan(130)
    const results = await Promise.all(files.map((file) => outcome(file)))
    expect(results.filter((result) => typeof result === 'string').length).toBeGreaterThan(25)
  })
})
