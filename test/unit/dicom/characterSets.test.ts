import { describe, expect, it } from 'vitest'
import { valueDecoder } from '../../../main/adapters/dicom/characterSets'

const NAME = /[\\^=]/
const decode = (characterSet: string, text: string, delimiters = NAME) =>
  valueDecoder(characterSet)(Buffer.from(text, 'latin1'), delimiters)

describe('character sets with escape sequences (PS3.5 6.1.2.5)', () => {
  // Examples of PS3.5 annexes H, I and K, and others; pydicom 3 decodes all but annex K's alike.
  it.each([
    [
      '\\ISO 2022 IR 87',
      'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B',
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
    ],
    [
      'ISO 2022 IR 13\\ISO 2022 IR 87',
      '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J',
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
    ],
    [
      '\\ISO 2022 IR 149',
      'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf',
      'Hong^Gildong=洪^吉洞=홍^길동',
    ],
    ['\\ISO 2022 IR 58', 'Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=', 'Zhang^XiaoDong=张^小东='],
    [
      'ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126',
      'Buc^J\xe9r\xf4me=\x1b-L\xbb\xee\xda\xd5c\xd5=\x1b-F\xc4\xe9\xef',
      'Buc^Jérôme=Люкеcе=Διο',
    ],
    ['ISO 2022 IR 100\\ISO 2022 IR 126', 'M\xfcller^J\xf6rg', 'Müller^Jörg'],
    ['\\ISO 2022 IR 159', 'A\x1b$(D0!mc\x1b(BB', 'A丂龥B'],
  ])('decodes %s: %j', (characterSet, text, expected) => {
    expect(decode(characterSet, text)).toBe(expected)
  })

  it('goes back to the first set behind each delimiter and line end', () => {
    const sets = 'ISO 2022 IR 144\\ISO 2022 IR 100'
    for (const delimiter of ['^', '=', '\\', '\r', '\n', '\t'])
      expect(decode(sets, `\xbb\x1b-A\xfc${delimiter}\xbb`)).toBe(`Лü${delimiter}Л`)
    expect(decode(sets, '\x1b-A\xfc ^\xfc', /\\/)).toBe('ü ^ü')
  })

  it('takes no half of a Kanji for a delimiter', () => {
    const sets = 'ISO 2022 IR 144\\ISO 2022 IR 87\\ISO 2022 IR 100'
    expect(decode(sets, '\x1b-A\x1b$B;^;3\x1b(B\xfc')).toBe('枝山ü')
  })

  it('skips escape sequences of other sets, and ends where one breaks off', () => {
    expect(decode('', 'A\x1b%GB\x1b')).toBe('AB')
    expect(decode('\\ISO 2022 IR 87', '\x1b$B;')).toBe('\ufffd')
  })
})
