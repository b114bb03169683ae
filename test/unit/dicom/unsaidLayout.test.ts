import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { readChanged, type Changes } from '../../support/readSynthetic'

const STORED = '00280101'
const HIGH = '00280102'
const SIGN = '00280103'

describe('a file that does not say how its pixels lie', () => {
  it('has to be confirmed where a sign would change the film, and not where none would', async () => {
    const large = await readChanged({ [SIGN]: null }, { pixels: [0, 1, 2, 0x8000] })
    expect(large.header.warnings).toMatchObject([{ code: 'LAYOUT_UNSAID', mustConfirm: true }])
    expect([...large.pixels]).toEqual([0, 1, 2, 0x8000])
    expect((await readChanged({ [SIGN]: null }, { pixels: [0, 1, 2, 0x7fff] })).header.warnings).toEqual([])
    const twelve: Changes = { [SIGN]: null, [STORED]: ['US', 12], [HIGH]: ['US', 11] }
    expect((await readChanged(twelve, { pixels: [0, 1, 2, 0x800] })).header.warnings).toHaveLength(1)
  })

  it('has to be confirmed where a JPEG 2000 picture has a sign and the header has none', async () => {
    const file = readFileSync(join(import.meta.dirname, '../../fixtures/dicom/ct_JPEG2000LosslessOnly.dcm'))
    const codes = async (bytes: Uint8Array) => (await filmFromBytes(bytes)).header.warnings.map(({ code }) => code)
    expect(await codes(file)).toEqual(['WRONG_MODALITY'])
    const representation = file.indexOf(Buffer.from('28000301555302000100', 'hex'))
    expect(representation).toBeGreaterThan(0)
    const unsigned = Buffer.from(file).fill(0, representation + 8, representation + 10)
    expect(await codes(unsigned)).toEqual(['WRONG_MODALITY', 'LAYOUT_UNSAID'])
  })

  it('has to be confirmed where any bit of a word may count', async () => {
    const { header } = await readChanged({ [STORED]: null, [HIGH]: null })
    expect(header).toMatchObject({ bitsStored: 16, warnings: [{ code: 'LAYOUT_UNSAID', mustConfirm: true }] })
  })

  it.each([
    { what: 'Bits Stored', changes: { [STORED]: null, [HIGH]: ['US', 11] } },
    { what: 'High Bit', changes: { [STORED]: ['US', 12], [HIGH]: null } },
  ] as const)('takes $what from the other', async ({ changes }) => {
    const { header, pixels } = await readChanged(changes, { pixels: [0xf001, 2, 3, 4] })
    expect(header).toMatchObject({ bitsStored: 12, warnings: [] })
    expect([...pixels]).toEqual([1, 2, 3, 4])
  })
})
