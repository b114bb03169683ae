import { describe, expect, it } from 'vitest'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { syntheticFilm, writeDicom, type DicomElements } from '../../support/dicomWriter'

const IMPLICIT = { transferSyntax: '1.2.840.10008.1.2' }
const EXPLICIT = { transferSyntax: '1.2.840.10008.1.2.1' }
const BIG = { transferSyntax: '1.2.840.10008.1.2.2' }
const size = { width: 64, height: 64 }
const eight = Uint8Array.from({ length: 64 * 64 }, (_, i) => i % 251)
const sixteen = Uint16Array.from({ length: 64 * 64 }, (_, i) => i)
const codes = (film: { header: { warnings: { code: string }[] } }) => film.header.warnings.map(({ code }) => code)

describe('a film that breaks off in its picture', () => {
  it.each([
    ['16 bits, implicit', sixteen, IMPLICIT],
    ['8 bits, implicit', eight, IMPLICIT],
    ['16 bits, explicit', sixteen, EXPLICIT],
    ['8 bits, big endian', eight, BIG],
  ] as const)('is refused: %s', async (_name, pixels, options) => {
    const whole = writeDicom(syntheticFilm(pixels, size), options)
    expect((await filmFromBytes(whole)).pixels).toEqual(pixels)
    for (const missing of [2, pixels.byteLength / 2])
      await expect(filmFromBytes(whole.slice(0, -missing))).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })

  it('has more values than its size says, from a row on', async () => {
    const more = (count: number) => writeDicom(syntheticFilm(new Uint16Array(64 * 64 + count), size))
    expect(codes(await filmFromBytes(more(64)))).toEqual(['SURPLUS_PIXELS'])
    expect(codes(await filmFromBytes(more(63)))).toEqual([])
  })

  it('is not taken for one with a second picture where only its header promises that', async () => {
    const twice = writeDicom(syntheticFilm(new Uint16Array(2 * 64 * 64), size), IMPLICIT)
    expect(codes(await filmFromBytes(twice))).toEqual(['SURPLUS_PIXELS'])
    expect(codes(await filmFromBytes(twice.slice(0, -64 * 64 * 2)))).toEqual([])
  })
})

describe('bytes behind a whole picture', () => {
  const rubbish = Buffer.from('\x01\x02\x03\x04XX rubbish', 'latin1')

  it.each([
    ['explicit', EXPLICIT],
    ['implicit', IMPLICIT],
    ['big endian', BIG],
  ])('are left out, and that is said: %s', async (_name, options) => {
    const whole = writeDicom(syntheticFilm(sixteen, size), options)
    const film = await filmFromBytes(Buffer.concat([whole, rubbish.subarray(0, 7)]))
    expect(film.pixels).toEqual(sixteen)
    expect(film.header.warnings).toMatchObject([{ code: 'TRAILING_BYTES', mustConfirm: false }])
  })

  it('say nothing of the film, even where they look like an attribute', async () => {
    const whole = writeDicom(syntheticFilm(sixteen, size, { '00100020': ['LO', '4711'] }))
    const attribute = writeDicom({ '00100020': ['LO', 'OTHER'] }, { preamble: false, meta: false })
    const film = await filmFromBytes(Buffer.concat([whole, attribute, rubbish]))
    expect(film.header.identity.patientId).toBe('4711')
    expect(codes(film)).toEqual(['TRAILING_BYTES'])
  })

  it('make no film of one whose picture is shorter than its size', async () => {
    const short = writeDicom(syntheticFilm(sixteen.subarray(0, 100), size))
    await expect(filmFromBytes(Buffer.concat([short, rubbish]))).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })
})

describe('64-bit numbers behind an element of undefined length', () => {
  const u16 = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer)
  const UNDEFINED = [0xffff, 0xffff]
  const itemEnd = u16(0xfffe, 0xe00d, 0, 0)
  const sequenceEnd = u16(0xfffe, 0xe0dd, 0, 0)
  const head = (tag: readonly [number, number], vr: string) =>
    Buffer.concat([u16(...tag), Buffer.from(vr), u16(0, ...UNDEFINED)])
  /** Implicit: a word, a sequence of one item of undefined length with a word in it. */
  const items = Buffer.concat([
    ...[u16(0xfffe, 0xe000, ...UNDEFINED), u16(0x0008, 0x0060, 2, 0, 0x5243)],
    ...[u16(0x0008, 0x1140, ...UNDEFINED), u16(0xfffe, 0xe000, ...UNDEFINED), u16(0x0008, 0x1150, 2, 0, 0x3231)],
    ...[itemEnd, sequenceEnd, itemEnd, u16(0xfffe, 0xe000, 10, 0, 0x0008, 0x0060, 2, 0, 0x5243), sequenceEnd],
  ])
  const fragments = Buffer.concat([u16(0xfffe, 0xe000, 0, 0), u16(0xfffe, 0xe000, 4, 0, 0xffff, 0xffff), sequenceEnd])
  const wide: DicomElements = { '00091010': ['OV', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)] }

  it.each([
    ['of unknown VR', Buffer.concat([head([0x0009, 0x1001], 'UN'), items])],
    [
      'of pixel fragments in a sequence',
      Buffer.concat([
        ...[head([0x0009, 0x1001], 'SQ'), u16(0xfffe, 0xe000, ...UNDEFINED)],
        ...[head([0x7fe0, 0x0010], 'OB'), fragments, itemEnd, sequenceEnd],
      ]),
    ],
  ])('%s are read past', async (_name, before) => {
    const film = Object.entries(syntheticFilm(sixteen, size))
    const part = (wanted: (tag: string) => boolean) => Object.fromEntries(film.filter(([tag]) => wanted(tag)))
    const bare = { preamble: false, meta: false }
    const bytes = Buffer.concat([
      ...[writeDicom(part((tag) => tag < '0009')), before],
      ...[
        writeDicom(wide, bare),
        writeDicom(
          part((tag) => tag > '0009'),
          bare,
        ),
      ],
    ])
    const read = await filmFromBytes(bytes)
    expect(read.pixels).toEqual(sixteen)
    expect(codes(read)).toEqual([])
  })
})

describe('the first value that a VOI table maps', () => {
  const tableOf = (vr: string, first: number) =>
    ({ '00283010': ['SQ', [{ '00283002': [vr, [3, first, 8]], '00283006': ['US', [0, 128, 255]] }]] }) as const
  const firstValue = async (
    changes: Parameters<typeof syntheticFilm>[2],
    options: { transferSyntax: string },
    pixels: Uint16Array | Int16Array = sixteen,
  ) => (await filmFromBytes(writeDicom(syntheticFilm(pixels, size, changes), options))).header.voi[0]

  it('has the sign of its VR', async () => {
    expect(await firstValue(tableOf('SS', -1024), EXPLICIT)).toMatchObject({ firstValue: -1024 })
    const below = { ...tableOf('US', 64_000), '00281052': ['DS', '-5'] } as const
    expect(await firstValue(below, EXPLICIT)).toMatchObject({ firstValue: 64_000 })
  })

  it('has one without a VR where a modality value may be negative', async () => {
    const ramp = { '00281053': ['DS', '-1'], '00281052': ['DS', '1000'] } as const
    expect(await firstValue({ ...tableOf('SS', -24), ...ramp }, IMPLICIT)).toMatchObject({ firstValue: -24 })
    const lifted = { '00281053': ['DS', '1'], '00281052': ['DS', '32768'] } as const
    const signed = Int16Array.from(sixteen, (value) => value - 2048)
    expect(await firstValue({ ...tableOf('US', 40_000), ...lifted }, IMPLICIT, signed)).toMatchObject({
      firstValue: 40_000,
    })
    expect(await firstValue(tableOf('SS', -24), IMPLICIT, signed)).toMatchObject({ firstValue: -24 })
  })
})
