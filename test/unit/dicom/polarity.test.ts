import { describe, expect, it } from 'vitest'
import { mustBeConfirmed } from '../../../contract'
import { displayPicture } from '../../../main/domain/displayPicture'
import { modelInput } from '../../../main/domain/modelInput'
import { readChanged, type Changes } from '../../support/readSynthetic'

const SHAPE = '20500020'
const PHOTOMETRIC = '00280004'
const SIGN = '00281041'
const warningsOf = async (changes: Changes) => (await readChanged(changes)).header.warnings
const codes = async (changes: Changes) => (await warningsOf(changes)).map(({ code }) => code)

describe('which way round greys are meant', () => {
  it.each([
    ['MONOCHROME1', 'IDENTITY'],
    ['MONOCHROME2', 'INVERSE'],
  ])('has to be confirmed where the file contradicts itself: %s, %s', async (photometric, shape) => {
    const warnings = await warningsOf({ [PHOTOMETRIC]: ['CS', photometric], [SHAPE]: ['CS', shape] })
    expect(warnings.map(({ code }) => code)).toEqual(['POLARITY_CONTRADICTED'])
    expect(mustBeConfirmed(warnings)).toBe(true)
  })

  it('goes without a word where both agree, or there is nothing to agree with', async () => {
    expect(await codes({ [PHOTOMETRIC]: ['CS', 'MONOCHROME1'], [SHAPE]: ['CS', 'INVERSE'] })).toEqual([])
    expect(await codes({ [SHAPE]: ['CS', 'IDENTITY '] })).toEqual([])
    expect(await codes({ [PHOTOMETRIC]: ['CS', 'MONOCHROME1'] })).toEqual([])
  })

  it('has to be confirmed where the screen shows the negative of what the model sees', async () => {
    const voi = (...entries: number[]): Changes => ({
      '00283010': ['SQ', [{ '00283002': ['US', [3, 100, 8]], '00283006': ['US', entries] }]],
    })
    expect(await codes(voi(255, 128, 0))).toEqual(['POLARITY_TURNED'])
    expect(await codes(voi(0, 128, 255))).toEqual([])
    // On a falling line the larger stored values are the smaller modality values: a rising table is no turn.
    const falling = { '00281052': ['DS', '300'], '00281053': ['DS', '-1'] } as const
    expect(await codes({ ...voi(0, 128, 255), ...falling })).toEqual([])
    expect(await codes({ ...voi(255, 128, 0), ...falling })).toEqual(['POLARITY_TURNED'])
    const window = { '00281050': ['DS', '150'], '00281051': ['DS', '300'] } as const
    expect(await codes({ ...voi(255, 128, 0), ...window })).toEqual([])
  })

  it.each([
    { photometric: 'MONOCHROME2', sign: 1, slope: '1', said: true },
    { photometric: 'MONOCHROME2', sign: -1, slope: '1', said: false },
    { photometric: 'MONOCHROME1', sign: 1, slope: '1', said: false },
    { photometric: 'MONOCHROME1', sign: -1, slope: '1', said: true },
    { photometric: 'MONOCHROME2', sign: 1, slope: '-1', said: false },
    { photometric: 'MONOCHROME2', sign: 0, slope: '1', said: false },
  ])(
    'is said where by the X-rays air is bright, and turns nothing round: %o',
    async ({ photometric, sign, slope, said }) => {
      const changes: Changes = { [PHOTOMETRIC]: ['CS', photometric], '00281053': ['DS', slope] }
      const film = await readChanged({ ...changes, [SIGN]: ['SS', sign] })
      expect(film.header.warnings).toMatchObject(said ? [{ code: 'POLARITY_UNUSUAL', mustConfirm: false }] : [])
      const without = await readChanged(changes)
      expect(modelInput(film)).toEqual(modelInput(without))
      expect(displayPicture(film)).toEqual(displayPicture(without))
    },
  )

  it('is not said of a film whose values a Modality LUT has turned, nor beside a table that turns greys round', async () => {
    const lut = { '00283002': ['US', [2, 0, 16]], '00283006': ['US', [9, 0]] } as const
    expect(await codes({ [SIGN]: ['SS', 1], '00283000': ['SQ', [lut]] })).toEqual([])
    expect(await codes({ [SIGN]: ['SS', 1], '00283010': ['SQ', [lut]] })).not.toContain('POLARITY_UNUSUAL')
  })
})
