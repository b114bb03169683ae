import { describe, expect, it } from 'vitest'
import { readChanged } from '../../support/readSynthetic'
import type { DicomElements } from '../../support/dicomWriter'

const identity = async (changes: Record<string, DicomElements[string]>) => (await readChanged(changes)).header.identity
const latin1 = (text: string) => Buffer.from(text, 'latin1')

describe('who and what', () => {
  it('reads names in the file’s character set', async () => {
    const utf8 = { '00080005': ['CS', 'ISO_IR 192'], '00100010': ['PN', 'Ørsted^Åse^^Dr'] } as const
    expect((await identity(utf8)).patientName).toBe('Ørsted, Dr Åse')
    const western = { '00080005': ['CS', 'ISO_IR 100'], '00100010': ['PN', latin1('Müller^Jürgen')] } as const
    expect((await identity(western)).patientName).toBe('Müller, Jürgen')
    const cyrillic = {
      '00080005': ['CS', 'ISO_IR 144'],
      '00100010': ['PN', Uint8Array.of(0xbb, 0xee, 0xda, 0xd5)],
    } as const
    expect((await identity(cyrillic)).patientName).toBe('Люке')
  })

  it('names a side where image and series do not name different ones', async () => {
    const side = async (image: string, series: string) =>
      (await identity({ '00200060': ['CS', series], '00200062': ['CS', image] })).laterality
    expect([await side('L', 'L'), await side('', 'R'), await side('L', ''), await side('L', 'R')]).toEqual([
      ...['L', 'R', 'L'],
      null,
    ])
    expect([await side('LEFT', 'L'), await side('B', ''), await side('U', '')]).toEqual(['L', 'B', 'U'])
  })

  it('takes no other text for a side: it may name the patient', async () => {
    for (const tag of ['00200060', '00200062'])
      expect((await identity({ [tag]: ['CS', 'MUSTERMANN ERIKA'] })).laterality).toBeNull()
  })

  it('reads Japanese names with escape sequences (PS3.5 annex H)', async () => {
    const name = Buffer.concat([
      Buffer.from('Yamada^Tarou='),
      Uint8Array.of(0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42),
      Buffer.from('^'),
      Uint8Array.of(0x1b, 0x24, 0x42, 0x42, 0x40, 0x4f, 0x3a, 0x1b, 0x28, 0x42),
    ])
    const film = await identity({ '00080005': ['CS', '\\ISO 2022 IR 87'], '00100010': ['PN', name] })
    expect(film.patientName).toBe('Yamada, Tarou')
    const ideographic = await identity({
      '00080005': ['CS', '\\ISO 2022 IR 87'],
      '00100020': ['LO', name.subarray(13, 23)],
    })
    expect(ideographic.patientId).toBe('山田')
  })

  it('reads names of half-width Katakana and Kanji (PS3.5 annex H.3.2)', async () => {
    const toKanji = [0x1b, 0x24, 0x42]
    const toRomaji = [0x1b, 0x28, 0x4a]
    const name = Uint8Array.of(
      ...[0xd4, 0xcf, 0xc0, 0xde, 0x5e, 0xc0, 0xdb, 0xb3, 0x3d],
      ...[...toKanji, 0x3b, 0x33, 0x45, 0x44, ...toRomaji, 0x5e, ...toKanji, 0x42, 0x40, 0x4f, 0x3a, ...toRomaji],
    )
    const characterSet = ['CS', 'ISO 2022 IR 13\\ISO 2022 IR 87'] as const
    expect((await identity({ '00080005': characterSet, '00100010': ['PN', name] })).patientName).toBe('ﾔﾏﾀﾞ, ﾀﾛｳ')
    const ideographic = ['PN', name.subarray(9)] as const
    expect((await identity({ '00080005': characterSet, '00100010': ideographic })).patientName).toBe('山田, 太郎')
  })

  it('reads accents and Kanji in one file', async () => {
    const text = Uint8Array.of(0xc5, 0x73, 0x65, 0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42)
    const film = await identity({
      '00080005': ['CS', 'ISO 2022 IR 100\\ISO 2022 IR 87'],
      '00100020': ['LO', text],
    })
    expect(film.patientId).toBe('Åse山田')
  })

  it('reads Korean names with escape sequences (PS3.5 annex I)', async () => {
    const toHangul = [0x1b, 0x24, 0x29, 0x43]
    const name = Uint8Array.of(...toHangul, 0xb1, 0xe8, 0x5e, ...toHangul, 0xc8, 0xf1, 0xc1, 0xdf)
    const film = await identity({ '00080005': ['CS', '\\ISO 2022 IR 149'], '00100010': ['PN', name] })
    expect(film.patientName).toBe('김, 희중')
  })

  it('cuts over-long text, drops control characters and those of writing direction', async () => {
    const { patientName, patientId } = await identity({
      '00100010': ['PN', 'A'.repeat(5000)],
      '00100020': ['LO', 'a\u0007\r\nb'],
    })
    expect(patientName?.length).toBe(256)
    expect(patientId).toBe('a b')
    const turned = ['\u202e4711\u202c', '\u20664711\u2069', '\u200f4711\u061c']
    for (const text of turned) {
      const changes = { '00080005': ['CS', 'ISO_IR 192'], '00100020': ['LO', text] } as const
      expect((await identity(changes)).patientId).toBe('4711')
    }
  })

  it.each([
    ['058Y', '58 y'],
    ['006M', '6 mo'],
    ['81', '81 y'],
    ['103Y', '103 y'],
    ['130Y', '130 y'],
    ['131Y', null],
    ['999Y', null],
    ['-12Y', null],
    ['12345Y', null],
  ])('reads the age %s as %s', async (age, expected) => {
    expect((await identity({ '00101010': ['AS', age] })).patientAge).toBe(expected)
  })

  it.each([
    ['20170103', '2017-01-03'],
    ['20170230', null],
    ['00000000', null],
    ['2017-01-03', null],
  ])('reads the date %s as %s', async (date, expected) => {
    expect((await identity({ '00080020': ['DA', date] })).studyDate).toBe(expected)
  })

  it.each([
    ['postero-anterior', 'PA'],
    ['Antero-posterior', 'AP'],
    ['left lateral', 'LEFT LATERAL'],
  ])('shows the view whose code means %s as %s, unless View Position says it', async (meaning, expected) => {
    const viewCode = ['SQ', [{ '00080104': ['LO', meaning] }]] as const
    expect((await identity({ '00540220': viewCode })).viewPosition).toBe(expected)
    expect((await identity({ '00540220': viewCode, '00185101': ['CS', 'LLO'] })).viewPosition).toBe('LLO')
  })

  it.each([
    ['PA', 'PA'],
    ['rlo', 'RLO'],
    ['LAO', 'LAO'],
    ['POSTERO-ANTERIOR', 'PA'],
    ['LEFT_LATERAL', 'LEFT LATERAL'],
    ['LATERAL MUELLER', 'LATERAL'],
    ['LATEROMEDIAL', 'LATERAL'],
    ['BILATERAL', null],
    ['MUELLER HANS', null],
    ['MUELLER', null],
  ])('lets only terms through as View Position: %s', async (text, expected) => {
    expect((await identity({ '00185101': ['CS', text] })).viewPosition).toBe(expected)
  })

  it('looks for the view elsewhere where View Position is no term', async () => {
    const viewCode = ['SQ', [{ '00080104': ['LO', 'postero-anterior'] }]] as const
    const free = { '00185101': ['CS', 'MUELLER HANS'] } as const
    expect((await identity({ ...free, '00540220': viewCode })).viewPosition).toBe('PA')
    expect((await identity({ ...free, '00185100': ['CS', 'LLD'] })).viewPosition).toBe('LLD')
    expect((await identity({ ...free, '00185100': ['CS', 'MUELLER'] })).viewPosition).toBeNull()
  })

  it('takes UIDs only where they are UIDs', async () => {
    expect((await identity({ '00080018': ['UI', '1.2.3'] })).sopInstanceUid).toBe('1.2.3')
    expect((await identity({ '00080018': ['UI', '1..3'] })).sopInstanceUid).toBeNull()
  })
})
