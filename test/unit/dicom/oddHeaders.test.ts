import { describe, expect, it } from 'vitest'
import { bundledOpinions } from '../../../main/adapters/bundled'
import { readChanged } from '../../support/readSynthetic'

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
