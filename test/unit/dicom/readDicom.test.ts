import { constants, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { greyOf, percentileWindow, type Film, type Voi } from '../../../contract'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { toGrey } from '../../../main/domain/filmGrey'
import { modelInput } from '../../../main/domain/modelInput'
import { syntheticFilm, writeDicom } from '../../support/dicomWriter'
import { readChanged, type Changes } from '../../support/readSynthetic'

const codes = (film: { header: { warnings: { code: string }[] } }) => film.header.warnings.map(({ code }) => code)

describe('encodings of the data set', () => {
  const expected = [0, 100, 200, 300]

  it.each([
    ['explicit little endian', {}],
    ['implicit little endian', { transferSyntax: '1.2.840.10008.1.2' }],
    ['explicit big endian', { transferSyntax: '1.2.840.10008.1.2.2' }],
    ['no preamble', { preamble: false }],
    ['no preamble and no meta information', { preamble: false, meta: false }],
    ['the same, implicit', { preamble: false, meta: false, transferSyntax: '1.2.840.10008.1.2' }],
    ['the same, big endian', { preamble: false, meta: false, transferSyntax: '1.2.840.10008.1.2.2' }],
  ])('reads %s', async (_name, options) => {
    const film = await readChanged({}, options)
    expect([...film.pixels]).toEqual(expected)
    expect(film.header).toMatchObject({ width: 2, height: 2, bitsStored: 16, minPixel: 0, maxPixel: 300 })
  })

  it('reads a deflated data set', async () => {
    const plain = writeDicom(syntheticFilm(Uint16Array.from(expected), { width: 2, height: 2 }))
    const bare = writeDicom(syntheticFilm(Uint16Array.from(expected), { width: 2, height: 2 }), {
      preamble: false,
      meta: false,
    })
    const head = writeDicom({}, { transferSyntax: '1.2.840.10008.1.2.1.99' })
    const deflated = Buffer.concat([head, deflateRawSync(bare)])
    expect([...(await filmFromBytes(deflated)).pixels]).toEqual([...(await filmFromBytes(plain)).pixels])
  })

  it('refuses a data set that inflates beyond all measure', async () => {
    // A block that ends at a byte can be repeated: 300 MiB of zeros in 300 kB.
    const block = deflateRawSync(Buffer.alloc(1 << 20), { finishFlush: constants.Z_SYNC_FLUSH })
    const bomb = Buffer.concat([...Array<Buffer>(300).fill(block), deflateRawSync(Buffer.alloc(0))])
    const head = writeDicom({}, { transferSyntax: '1.2.840.10008.1.2.1.99' })
    await expect(filmFromBytes(Buffer.concat([head, bomb]))).rejects.toMatchObject({
      code: 'TOO_LARGE',
      cause: { code: 'ERR_BUFFER_TOO_LARGE' },
    })
  })

  it.each(['1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'])(
    'reads past 64-bit numbers, in items too (transfer syntax %s)',
    async (transferSyntax) => {
      const eight = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
      const wide: Changes = {
        '00081140': ['SQ', [{ '00720082': ['SV', eight], '00720083': ['UV', eight] }]],
        '00090010': ['OV', eight],
        '7FE00001': ['OV', eight],
      }
      expect([...(await readChanged(wide, { transferSyntax })).pixels]).toEqual(expected)
    },
  )

  it('refuses a file with 64-bit numbers that breaks off anywhere, and ends', async () => {
    const film = syntheticFilm(
      Uint16Array.from(expected),
      { width: 2, height: 2 },
      { '00090010': ['OV', new Uint8Array(8)] },
    )
    const whole = writeDicom(film)
    for (let length = 1; length < whole.length; length++)
      await expect(filmFromBytes(whole.slice(0, length))).rejects.toMatchObject({
        code: expect.stringMatching(/^(NOT_AN_IMAGE|DICOM_CORRUPT|NO_PIXELS|UNSUPPORTED_PIXELS)$/) as string,
      })
  })

  it('does not change the bytes it is given', async () => {
    const wide = { '00090010': ['OV', new Uint8Array(8)] } as const
    const film = syntheticFilm(Uint16Array.from([1, 2, 3, 4]), { width: 2, height: 2 }, wide)
    const bytes = Buffer.from(writeDicom(film))
    const before = Buffer.from(bytes)
    await filmFromBytes(bytes)
    expect(bytes.equals(before)).toBe(true)
  })
})

describe('what is no grey single film is refused with the reason', () => {
  it.each([
    ['MULTI_FRAME', { '00280008': ['IS', '10'] }],
    ['COLOUR', { '00280002': ['US', 3], '00280004': ['CS', 'RGB'] }],
    ['COLOUR', { '00280004': ['CS', 'PALETTE COLOR'] }],
    ['UNSUPPORTED_PIXELS', { '00280004': null }],
    ['UNSUPPORTED_PIXELS', { '00280100': ['US', 32] }],
    ['UNSUPPORTED_PIXELS', { '00280101': ['US', 12], '00280102': ['US', 9] }],
    ['UNSUPPORTED_PIXELS', { '00281052': ['DS', '0'], '00281053': ['DS', '0'] }],
    ['UNSUPPORTED_PIXELS', { '00281053': ['DS', 'NaN'] }],
    ['NO_PIXELS', { '7FE00010': null }],
    ['NO_PIXELS', { '7FE00010': ['OW', new Uint8Array(0)] }],
    ['DICOM_CORRUPT', { '00280010': ['US', 3] }],
    ['DICOM_CORRUPT', { '00280011': ['US', 0] }],
    ['TOO_LARGE', { '00280010': ['US', 65535], '00280011': ['US', 65535] }],
  ] as const)('%s for %o', async (code, changes) => {
    await expect(readChanged(changes)).rejects.toMatchObject({ name: 'SimpleBitsError', code })
  })

  it('names an unknown transfer syntax', async () => {
    const read = readChanged({}, { transferSyntax: '1.2.840.10008.1.2.4.102' })
    await expect(read).rejects.toMatchObject({ code: 'UNSUPPORTED_TRANSFER_SYNTAX' })
  })

  it.each([
    ['text', Buffer.from('a note about a patient, not a film')],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(5000)],
  ])('says that %s is no image', async (_name, bytes) => {
    await expect(filmFromBytes(bytes)).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' })
  })
})

function voiOf({ header }: Film): Voi {
  const [voi] = header.voi
  if (!voi) throw new Error('the film has no window')
  return voi
}

describe('meaning of pixels', () => {
  it('keeps slope and intercept beside stored values', async () => {
    const { header } = await readChanged({ '00281052': ['DS', '-1024'], '00281053': ['DS', ' 2.5 '] })
    expect(header).toMatchObject({ slope: 2.5, intercept: -1024 })
  })

  it('leaves padding out of the range, in either order of its limits', async () => {
    const { header } = await readChanged({ '00280120': ['US', 300], '00280121': ['US', 200] })
    expect(header).toMatchObject({ padding: [200, 300], minPixel: 0, maxPixel: 100 })
  })

  it('applies a Modality LUT to the pixels', async () => {
    const item = { '00283002': ['US', [3, 100, 16]], '00283006': ['US', [7, 8, 9]] } as const
    const film = await readChanged({ '00283000': ['SQ', [item]] }, { pixels: [0, 100, 101, 500] })
    expect([...film.pixels]).toEqual([7, 7, 8, 9])
    expect(film.header).toMatchObject({ slope: 1, intercept: 0, bitsStored: 16, padding: null })
  })

  describe('padding under a Modality LUT', () => {
    const through = (entries: number[], changes: Changes = {}) => {
      const item = { '00283002': ['US', [4, 0, 16]], '00283006': ['US', entries] } as const
      const padded: Changes = { '00283000': ['SQ', [item]], '00280120': ['US', 0], ...changes }
      return readChanged(padded, { pixels: [0, 1, 2, 3] })
    }

    it('keeps a value that the film does not have, and stays out of its range', async () => {
      const film = await through([0, 60, 70, 80])
      expect([...film.pixels]).toEqual([59, 60, 70, 80])
      expect(film.header).toMatchObject({ padding: [59, 59], minPixel: 60, maxPixel: 80 })
      const fromNothing = await through([0, 0, 70, 80])
      expect([...fromNothing.pixels]).toEqual([81, 0, 70, 80])
      expect(fromNothing.header).toMatchObject({ padding: [81, 81], minPixel: 0, maxPixel: 80 })
    })

    it('is black on screen and counts in no window', async () => {
      const film = await through([0, 60, 70, 80])
      const window = percentileWindow(film)
      expect(window).toMatchObject({ center: 70, width: 20 })
      expect([...toGrey(film, { ...window, center: 50, width: 100 })]).toEqual([0, 153, 179, 204])
    })

    it.each(['MONOCHROME1', 'MONOCHROME2'])('has the darkest value for the model (%s)', async (photometric) => {
      const darkest = photometric === 'MONOCHROME1' ? 80 : 60
      const changes: Changes = { '00280004': ['CS', photometric] }
      const filled = await through([darkest, 60, 70, 80], { ...changes, '00280120': null })
      expect(modelInput(await through([0, 60, 70, 80], changes))).toEqual(modelInput(filled))
    })

    it('takes the darkest value where the film leaves none free', async () => {
      const film = await through([7, 0, 70, 65_535])
      expect([...film.pixels]).toEqual([0, 0, 70, 65_535])
      expect(film.header.padding).toBeNull()
      const inverted = await through([7, 0, 70, 65_535], { '00280004': ['CS', 'MONOCHROME1'] })
      expect([...inverted.pixels]).toEqual([65_535, 0, 70, 65_535])
    })
  })

  it('refuses a broken Modality LUT instead of ignoring it', async () => {
    const item = { '00283002': ['US', [300, 0, 16]], '00283006': ['US', [1, 2, 3]] } as const
    await expect(readChanged({ '00283000': ['SQ', [item]] })).rejects.toMatchObject({ code: 'UNSUPPORTED_PIXELS' })
  })

  it('reads several windows and a VOI table', async () => {
    const item = {
      '00283002': ['US', [3, 0, 8]],
      '00283003': ['LO', 'BONE'],
      '00283006': ['US', [0, 128, 255]],
    } as const
    const film = await readChanged({
      '00281050': ['DS', '40\\300'],
      '00281051': ['DS', '400\\1500'],
      '00281055': ['LO', 'SOFT\\LUNG'],
      '00281056': ['CS', 'SIGMOID'],
      '00283010': ['SQ', [item]],
    })
    expect(film.header.voi).toEqual([
      { kind: 'window', center: 40, width: 400, function: 'SIGMOID', explanation: 'SOFT' },
      { kind: 'window', center: 300, width: 1500, function: 'SIGMOID', explanation: 'LUNG' },
      { kind: 'table', firstValue: 0, bits: 8, table: Uint16Array.of(0, 128, 255), explanation: 'BONE' },
    ])
  })

  it('shows a table whose entries need fewer bits than it claims with its lightest level white, and says so', async () => {
    const item = { '00283002': ['US', [3, 0, 16]], '00283006': ['US', [0, 2000, 4095]] } as const
    const film = await readChanged({ '00283010': ['SQ', [item]] })
    expect(film.header.voi).toMatchObject([{ kind: 'table', bits: 12 }])
    expect(codes(film)).toContain('VOI_DEPTH')
    expect(
      toGrey({ header: { ...film.header, minPixel: 0, maxPixel: 2 }, pixels: Uint8Array.of(0, 1, 2) }, voiOf(film)),
    ).toEqual(Uint8Array.of(0, 125, 255))
  })

  it('lets no entry beyond the declared bits turn white into black', async () => {
    const item = { '00283002': ['US', [3, 0, 8]], '00283006': ['US', [0, 255, 300]] } as const
    const film = await readChanged({ '00283010': ['SQ', [item]] })
    expect(film.header.voi).toMatchObject([{ kind: 'table', bits: 9 }])
    const claimed = { ...voiOf(film), bits: 8 } as Voi
    expect([1, 2].map((value) => greyOf(claimed, value))).toEqual([1, 1])
    const modality = await readChanged({ '00283000': ['SQ', [item]] }, { pixels: [0, 1, 2, 2] })
    expect([...modality.pixels]).toEqual([0, 255, 300, 300])
  })

  it.each([
    ['a width of zero', '40', '0'],
    ['no number', 'forty', '400'],
    ['a missing width', '40', ''],
  ])('leaves out a window with %s and says so', async (_name, center, width) => {
    const film = await readChanged({ '00281050': ['DS', center], '00281051': ['DS', width] })
    expect(film.header.voi).toEqual([])
    expect(codes(film)).toContain('VOI_IGNORED')
  })
})
