import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeJpegLs } from '../../../main/adapters/codec'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { jpegInfo } from '../../../main/adapters/dicom/codestream'
import { holdWithin, storedValues } from '../../../main/adapters/dicom/nativePixels'
import { syntheticFilm, writeDicom, type DicomElements } from '../../support/dicomWriter'
import { samePixels } from '../../support/samePixels'

const size = { width: 4, height: 4 }
const pixels = Uint8Array.from({ length: 16 }, (_, i) => i * 10)
const undefinedLength = [0xff, 0xff, 0xff, 0xff]
const item = (bytes: Uint8Array) => {
  const head = new DataView(new ArrayBuffer(8))
  head.setUint16(0, 0xfffe, true)
  head.setUint16(2, 0xe000, true)
  head.setUint32(4, bytes.length, true)
  return Buffer.concat([new Uint8Array(head.buffer), bytes])
}

/** A file whose pixel data are the given fragments (PS3.5 A.4). */
function encapsulated(
  fragments: Uint8Array[],
  options: { transferSyntax: string; changes?: DicomElements; offsets?: number[] },
): Buffer {
  const { transferSyntax, changes = {}, offsets = [] } = options
  const film = { ...syntheticFilm(pixels, size, { '7FE00010': null }), ...changes }
  const head = writeDicom(film, { transferSyntax })
  const tag = Uint8Array.of(0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, ...undefinedLength)
  const end = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0)
  return Buffer.concat([head, tag, item(new Uint8Array(Uint32Array.from(offsets).buffer)), ...fragments.map(item), end])
}

const JPEG_LS = '1.2.840.10008.1.2.4.80'
const RLE = '1.2.840.10008.1.2.5'
const even = (bytes: Uint8Array) => (bytes.length % 2 ? Buffer.concat([bytes, Uint8Array.of(0)]) : bytes)

describe('samples of a picture with loss that overshoot the stored bits', () => {
  it('are held at the ends of the range instead of wrapping round', () => {
    const samples = Uint16Array.of(0, 1023, 1030, 4095)
    holdWithin(samples, { from: 12, to: 10, signed: false })
    expect([...samples]).toEqual([0, 1023, 1023, 1023])
    const signed = Uint16Array.of(4096 - 600, 4096 - 1, 511, 520)
    holdWithin(signed, { from: 12, to: 10, signed: true })
    expect([...storedValues(signed, { bitsStored: 10, highBit: 9, signed: true })]).toEqual([-512, -1, 511, 511])
  })

  it('and a picture deeper than a pixel has room for is refused', async () => {
    const code = Uint8Array.from(even(await encodeJpegLs(pixels, size)))
    const frame = code.findIndex((byte, i) => byte === 0xff && code[i + 1] === 0xf7)
    code[frame + 4] = 12
    await expect(filmFromBytes(encapsulated([code], { transferSyntax: JPEG_LS }))).rejects.toMatchObject({
      ...{ code: 'DICOM_CORRUPT', message: expect.stringContaining('12 bits') as string },
    })
  })
})

describe('compressed pixel data', () => {
  it('joins the fragments of one frame', async () => {
    const code = even(await encodeJpegLs(pixels, size))
    const half = Math.floor(code.length / 4) * 2
    const film = await filmFromBytes(encapsulated([code.slice(0, half), code.slice(half)], { transferSyntax: JPEG_LS }))
    expect([...film.pixels]).toEqual([...pixels])
    expect(film.header).toMatchObject({ lossy: false, warnings: [] })
  })

  it('skips fragments that hold nothing', async () => {
    const code = even(await encodeJpegLs(pixels, size))
    const empty = new Uint8Array(0)
    const film = await filmFromBytes(encapsulated([empty, code, empty], { transferSyntax: JPEG_LS }))
    expect([...film.pixels]).toEqual([...pixels])
    expect(film.header.warnings).toEqual([])
    const nothing = encapsulated([empty, empty], { transferSyntax: JPEG_LS })
    await expect(filmFromBytes(nothing)).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })

  it('refuses a JPEG-LS picture whose end is missing', async () => {
    const code = await encodeJpegLs(pixels, size)
    const cut = encapsulated([even(code.slice(0, -2))], { transferSyntax: JPEG_LS })
    await expect(filmFromBytes(cut)).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })

  // what JPEG 2000 and JPEG-LS refuse themselves, the JPEGs give a picture of: the film may be grey from some row on
  it.each([
    { name: 'JPEG2000LosslessOnly', whole: [], cut: 'refused' },
    { name: 'JPEGLSLossless', whole: [], cut: 'refused' },
    { name: 'JPEGProcess14', whole: [], cut: ['INCOMPLETE_PICTURE'] },
    { name: 'JPEGProcess2_4', whole: ['LOSSY'], cut: ['INCOMPLETE_PICTURE', 'LOSSY'] },
  ])('$name without its end marker: $cut', async ({ name, whole, cut }) => {
    const file = readFileSync(join(import.meta.dirname, '../../fixtures/dicom', `ct_${name}.dcm`))
    const said = async (bytes: Uint8Array) => {
      const { header } = await filmFromBytes(bytes)
      return header.warnings.map(({ code }) => code).filter((code) => code !== 'WRONG_MODALITY')
    }
    expect(await said(file)).toEqual(whole)
    const end = file.lastIndexOf(Uint8Array.of(0xff, 0xd9))
    const without = Buffer.from(file).fill(0, end, end + 2)
    if (cut === 'refused') await expect(said(without)).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
    else expect(await said(without)).toEqual(cut)
  })

  it('refuses a picture of another size than its header says', async () => {
    const code = even(await encodeJpegLs(pixels, { width: 8, height: 2 }))
    const file = encapsulated([code], { transferSyntax: JPEG_LS })
    await expect(filmFromBytes(file)).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })

  it('reads the frame header', async () => {
    expect(jpegInfo(await encodeJpegLs(pixels, size))).toEqual({
      ...{ ...size, bits: 8, components: 1, frame: 'jpegls', signed: null },
    })
  })

  it('goes on after a broken picture', async () => {
    const code = even(await encodeJpegLs(pixels, size))
    const broken = Uint8Array.from(code)
    broken.fill(0xff, 25)
    await expect(filmFromBytes(encapsulated([broken], { transferSyntax: JPEG_LS }))).rejects.toMatchObject({
      code: 'DICOM_CORRUPT',
    })
    expect([...(await filmFromBytes(encapsulated([code], { transferSyntax: JPEG_LS }))).pixels]).toEqual([...pixels])
  })
})

const segment = (offsets: number[], runs: number[]) => {
  const head = new DataView(new ArrayBuffer(64))
  head.setUint32(0, offsets.length, true)
  offsets.forEach((offset, k) => head.setUint32(4 * (k + 1), offset, true))
  return Buffer.concat([new Uint8Array(head.buffer), Uint8Array.from(runs)])
}

describe('RLE (PS3.5 annex G)', () => {
  it('unpacks runs and literals', async () => {
    const frame = segment([64], [0xf9, 7, 0x07, 1, 2, 3, 4, 5, 6, 7, 8, 0x80])
    const film = await filmFromBytes(encapsulated([even(frame)], { transferSyntax: RLE }))
    expect([...film.pixels]).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  it.each([
    ['too few values', segment([64], [0xf9, 7])],
    ['a segment outside', segment([9000], [0xf1, 7])],
    ['two segments for 8 bits', segment([64, 66], [0xf1, 7, 0xf1, 7])],
    ['a cut header', Uint8Array.of(1, 0, 0, 0, 64, 0)],
  ])('refuses %s instead of showing black', async (_name, frame) => {
    const file = encapsulated([even(frame)], { transferSyntax: RLE })
    await expect(filmFromBytes(file)).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })
})

describe('a second picture behind the first', () => {
  const said = async (file: Buffer) => {
    const film = await filmFromBytes(file)
    return { pixels: [...film.pixels], codes: film.header.warnings.map(({ code }) => code) }
  }
  const surplus = { pixels: [...pixels], codes: ['SURPLUS_PIXELS'] }

  it('is told, and only the first is read: JPEG-LS', async () => {
    const code = even(await encodeJpegLs(pixels, size))
    const other = even(await encodeJpegLs(Uint8Array.from(pixels).reverse(), size))
    expect(await said(encapsulated([code, other], { transferSyntax: JPEG_LS }))).toEqual(surplus)
    const halves = [code.slice(0, 24), code.slice(24)]
    expect(await said(encapsulated([...halves, other], { transferSyntax: JPEG_LS }))).toEqual(surplus)
  })

  it('is told where the table of offsets names it', async () => {
    const code = even(await encodeJpegLs(pixels, size))
    const options = { transferSyntax: JPEG_LS, offsets: [0, 8 + code.length] }
    expect(await said(encapsulated([code, code], options))).toEqual(surplus)
  })

  it('is told: RLE', async () => {
    const frame = (runs: number[]) => even(segment([64], runs))
    const two = [frame([0x0f, ...pixels]), frame([0xf1, 7])]
    expect(await said(encapsulated(two, { transferSyntax: RLE }))).toEqual(surplus)
  })

  it.each(['JPEG2000LosslessOnly', 'JPEGProcess14'])('is told: %s', async (name) => {
    const file = readFileSync(join(import.meta.dirname, '../../fixtures/dicom', `ct_${name}.dcm`))
    const end = file.lastIndexOf(Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0))
    const first = file.lastIndexOf(Uint8Array.of(0xfe, 0xff, 0x00, 0xe0), end)
    const once = await filmFromBytes(file)
    const twice = await filmFromBytes(
      Buffer.concat([file.subarray(0, end), file.subarray(first, end), file.subarray(end)]),
    )
    expect(samePixels(twice.pixels, once.pixels)).toBe(true)
    const codes = twice.header.warnings.map(({ code }) => code)
    expect(codes).toEqual([...once.header.warnings.map(({ code }) => code), 'SURPLUS_PIXELS'])
  })
})
