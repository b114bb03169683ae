import { describe, expect, it } from 'vitest'
import { bundledOpinions } from '../../../main/adapters/bundled'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { syntheticFilm, writeDicom, type DicomElements } from '../../support/dicomWriter'
import { readChanged, type Changes } from '../../support/readSynthetic'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

describe('a UID that is too long', () => {
  const longest = `1.2.${'3'.repeat(60)}`

  it('is none: cut off, two of them would be one film', async () => {
    const uidOf = async (text: string) =>
      (await readChanged({ '00080018': ['UI', text] })).header.identity.sopInstanceUid
    expect(await uidOf(longest)).toBe(longest)
    expect(await uidOf(`${longest}4`)).toBeNull()
  })
})

describe('names that every object has', () => {
  const names = ['constructor', 'toString', '__proto__']

  it.each(names)('are no character set: %s', async (name) => {
    const { header } = await readChanged({ '00080005': ['CS', name], '00100010': ['PN', latin1('Müller')] })
    expect(header.identity.patientName).toBe('Müller')
  })

  it.each(names)('are no transfer syntax: %s', async (transferSyntax) => {
    await expect(readChanged({}, { transferSyntax })).rejects.toMatchObject({ code: 'UNSUPPORTED_TRANSFER_SYNTAX' })
  })

  it.each(names)('are no film with a second opinion: %s', async (name) => {
    expect((await bundledOpinions()).opinionOn(name)).toBeNull()
  })
})

describe('supplementary Kanji (JIS X 0212)', () => {
  const escape = (text: string) => `\x1b${text}`

  it.each([
    {
      characterSet: '\\ISO 2022 IR 159',
      text: `${escape('$(D')}\x30\x21\x6d\x63${escape('(B')}`,
      expected: '丂龥',
    },
    {
      characterSet: '\\ISO 2022 IR 87\\ISO 2022 IR 159',
      text: `A${escape('$B')}\x3b\x33${escape('$(D')}\x30\x21${escape('$B')}\x45\x44${escape('(B')}B`,
      expected: 'A山丂田B',
    },
  ])('are read: $expected', async ({ characterSet, text, expected }) => {
    const { header } = await readChanged({ '00080005': ['CS', characterSet], '00100020': ['LO', latin1(text)] })
    expect(header.identity.patientId).toBe(expected)
  })
})

describe('values of unknown VR (PS3.5 6.2.2)', () => {
  const BIG = '1.2.840.10008.1.2.2'
  const table: DicomElements = { '00283002': ['US', [4, 0, 16]], '00283006': ['US', [9, 8, 7, 6]] }
  /** A sequence of one item as programs write it that do not know it: in implicit little endian. */
  const unknown = (item: DicomElements): DicomElements[string] => {
    const bare = { preamble: false, meta: false, transferSyntax: '1.2.840.10008.1.2' }
    return ['UN', writeDicom({ '00283000': ['SQ', [item]] }, bare).slice(8)]
  }
  const pixels = [0, 1, 2, 3]
  const codes = async (changes: Changes) => (await readChanged(changes)).header.warnings.map(({ code }) => code)

  it.each(['1.2.840.10008.1.2.1', BIG])('hold a sequence of tables (transfer syntax %s)', async (transferSyntax) => {
    const modality = await readChanged({ '00283000': unknown(table) }, { transferSyntax, pixels })
    expect([...modality.pixels]).toEqual([9, 8, 7, 6])
    const voi = await readChanged({ '00283010': unknown(table) }, { transferSyntax, pixels })
    expect(voi.header.voi).toMatchObject([{ kind: 'table', firstValue: 0, table: Uint16Array.of(9, 8, 7, 6) }])
  })

  it('are refused as a Modality LUT where they are no sequence, and left out as a VOI LUT with a warning', async () => {
    const [, bytes] = unknown(table)
    for (const broken of [Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), (bytes as Uint8Array).slice(0, -4)]) {
      const read = readChanged({ '00283000': ['UN', broken] })
      await expect(read).rejects.toMatchObject({ code: 'UNSUPPORTED_PIXELS' })
      expect(await codes({ '00283010': ['UN', broken] })).toEqual(['VOI_IGNORED'])
    }
    expect(await codes({ '00283000': ['SQ', []], '00283010': ['UN', new Uint8Array(0)] })).toEqual([])
  })

  it('are little endian in a big-endian file too', async () => {
    const changes: Changes = { '00280120': ['UN', Uint8Array.of(10, 0)], '00280010': ['UN', Uint8Array.of(2, 0)] }
    const { header } = await readChanged(changes, { transferSyntax: BIG })
    expect(header).toMatchObject({ padding: [10, 10], height: 2 })
    const lut: DicomElements = { '00283002': ['UN', Uint8Array.of(2, 0, 1, 0, 8, 0)], '00283006': ['US', [3, 4]] }
    const { header: mapped } = await readChanged({ '00283010': ['SQ', [lut]] }, { transferSyntax: BIG })
    expect(mapped.voi).toMatchObject([{ firstValue: 1, bits: 8, table: Uint16Array.of(3, 4) }])
    const picture: Changes = { '7FE00010': ['UN', Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 0)] }
    expect([...(await readChanged(picture, { transferSyntax: BIG })).pixels]).toEqual([1, 2, 3, 4])
  })

  it.each(['1.2.840.10008.1.2.1', BIG])(
    'are stepped over and read where their length is undefined (%s)',
    async (transferSyntax) => {
      const [, value] = unknown(table)
      const changes: Changes = { '00283000': ['UN', value as Uint8Array], '00291010': ['UN', value as Uint8Array] }
      const film = writeDicom(syntheticFilm(Uint16Array.from(pixels), { width: 2, height: 2 }, changes), {
        transferSyntax,
      })
      const file = lengthsUndefined(film, transferSyntax === BIG)
      const { header, pixels: read } = await filmFromBytes(file)
      expect([...read]).toEqual([9, 8, 7, 6])
      expect(header.warnings).toEqual([])
      const endless = Buffer.from(file)
      for (let at = endless.indexOf(DELIMITER); at >= 0; at = endless.indexOf(DELIMITER)) endless.fill(0, at, at + 8)
      await expect(filmFromBytes(endless)).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
    },
  )
})

const DELIMITER = Buffer.from('feffdde000000000', 'hex')

/** Every element of VR UN with undefined length and a delimiter, which is little endian like its items. */
function lengthsUndefined(file: Uint8Array, big: boolean): Uint8Array {
  const bytes = Buffer.from(file)
  const parts: Buffer[] = []
  let at = 0
  for (let next = bytes.indexOf('UN\0\0', at); next >= 0; next = bytes.indexOf('UN\0\0', at)) {
    const length = big ? bytes.readUInt32BE(next + 4) : bytes.readUInt32LE(next + 4)
    parts.push(bytes.subarray(at, next + 4), Buffer.from('ffffffff', 'hex'))
    parts.push(bytes.subarray(next + 8, next + 8 + length), DELIMITER)
    at = next + 8 + length
  }
  return Uint8Array.from(Buffer.concat([...parts, bytes.subarray(at)]))
}

describe('a data set under the label of another encoding', () => {
  const IMPLICIT = '1.2.840.10008.1.2'
  const EXPLICIT = '1.2.840.10008.1.2.1'
  const labelled = (said: string, real: string, changes: Changes = {}) => {
    const film = syntheticFilm(Uint16Array.of(1, 2, 3, 400), { width: 2, height: 2 }, changes)
    const body = writeDicom(film, { transferSyntax: real, preamble: false, meta: false })
    return filmFromBytes(Buffer.concat([writeDicom({}, { transferSyntax: said }), body]))
  }

  it.each([
    [IMPLICIT, EXPLICIT],
    [EXPLICIT, IMPLICIT],
  ])('is read as it lies: %s is said, %s is there', async (said, real) => {
    const { header, pixels } = await labelled(said, real, { '00080005': ['CS', 'ISO_IR 100'] })
    expect([...pixels]).toEqual([1, 2, 3, 400])
    expect(header).toMatchObject({ transferSyntax: real, warnings: [] })
  })

  it.each([
    ['1.2.840.10008.1.2.2', EXPLICIT],
    [EXPLICIT, '1.2.840.10008.1.2.2'],
    ['1.2.840.10008.1.2.4.80', EXPLICIT],
  ])('is refused where its pixels would lie otherwise too: %s, %s', async (said, real) => {
    await expect(labelled(said, real)).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })
})

describe('Number of Frames', () => {
  const FRAMES = '00280008'

  it('of 0 is one picture, as some programs write it', async () => {
    const { header, pixels } = await readChanged({ [FRAMES]: ['IS', '0'] }, { pixels: [1, 2, 3, 4] })
    expect([...pixels]).toEqual([1, 2, 3, 4])
    expect(header.warnings).toEqual([])
  })

  it.each(['-1', 'x', '0.5'])('that is none is refused: %s', async (frames) => {
    await expect(readChanged({ [FRAMES]: ['IS', frames] })).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
  })
})
