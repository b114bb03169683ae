import { describe, expect, it } from 'vitest'
import { readChanged } from '../../support/readSynthetic'

const orientation = async (text: string) => (await readChanged({ '00200020': ['CS', text] })).header.orientation

describe('patient orientation (PS3.3 C.7.6.1.1.1)', () => {
  it('is read as rows and columns point', async () => {
    expect(await orientation('L\\F')).toEqual({ row: 'L', column: 'F' })
    expect(await orientation('RA \\FP')).toEqual({ row: 'RA', column: 'FP' })
  })

  it.each([
    ['absent', ''],
    ['one value', 'L'],
    ['three values', 'L\\F\\A'],
    ['an empty value', 'L\\'],
    ['no direction', 'PA\\CHEST'],
    ['of an animal', 'LE\\V'],
    ['rows and columns along one axis', 'L\\R'],
    ['an axis named twice', 'LR\\F'],
    ['small letters', 'l\\f'],
  ])('is not guessed where it is %s', async (_what, text) => {
    expect(await orientation(text)).toBeNull()
  })

  it('is unknown where the attribute is not there', async () => {
    expect((await readChanged({})).header.orientation).toBeNull()
  })
})
