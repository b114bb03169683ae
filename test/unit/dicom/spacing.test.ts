import { describe, expect, it } from 'vitest'
import type { DicomElements } from '../../support/dicomWriter'
import { readChanged } from '../../support/readSynthetic'

const header = async (changes: Record<string, DicomElements[string]>) => (await readChanged(changes)).header
const IMAGER = '00181164'
const NOMINAL = '00182010'
const PIXEL = '00280030'
const CALIBRATION = '00280A02'

describe('pixel spacing (PS3.3 10.7.1)', () => {
  it('calls the detector’s spacing what it is, rows first', async () => {
    const expected = { plane: 'detector', rowMm: 0.2, columnMm: 0.1 }
    expect(await header({ [IMAGER]: ['DS', '0.2\\0.1'] })).toMatchObject({ spacing: expected, pixelAspect: 2 })
    expect((await header({ [NOMINAL]: ['DS', '0.2\\0.1'] })).spacing).toEqual(expected)
  })

  it('calls Pixel Spacing uncalibrated where it repeats the detector’s', async () => {
    const same = await header({ [IMAGER]: ['DS', '0.15\\0.15'], [PIXEL]: ['DS', '0.15\\0.15'] })
    expect(same.spacing?.plane).toBe('detector')
  })

  it('calls Pixel Spacing calibrated where it differs or says how', async () => {
    const differs = await header({ [IMAGER]: ['DS', '0.15\\0.15'], [PIXEL]: ['DS', '0.14\\0.14'] })
    expect(differs.spacing).toEqual({ plane: 'calibrated', rowMm: 0.14, columnMm: 0.14 })
    const says = await header({ [PIXEL]: ['DS', '0.14\\0.14'], [CALIBRATION]: ['CS', 'FIDUCIAL'] })
    expect(says.spacing?.plane).toBe('calibrated')
  })

  it.each([
    { what: 'rounded', imager: '0.1434\\0.1434', pixel: '0.143\\0.143', warnings: [] },
    { what: 'larger', imager: '0.15\\0.15', pixel: '0.3\\0.3', warnings: ['SPACING_PLANE_UNKNOWN'] },
    { what: 'smaller one way', imager: '0.15\\0.15', pixel: '0.15\\0.14', warnings: ['SPACING_PLANE_UNKNOWN'] },
  ])('does not claim calibration where Pixel Spacing is $what', async ({ imager, pixel, warnings }) => {
    const film = await header({ [IMAGER]: ['DS', imager], [PIXEL]: ['DS', pixel] })
    expect(film.spacing?.plane).toBe('detector')
    expect(film.warnings.map(({ code }) => code)).toEqual(warnings)
  })

  it('does not claim calibration for Pixel Spacing alone, but for a slice', async () => {
    const film = await header({ [PIXEL]: ['DS', '0.14\\0.14'] })
    expect(film.spacing?.plane).toBe('detector')
    expect(film.warnings.map(({ code }) => code)).toEqual(['SPACING_PLANE_UNKNOWN'])
    const slice = await header({ '00080060': ['CS', 'CT'], [PIXEL]: ['DS', '0.7\\0.7'] })
    expect(slice.spacing?.plane).toBe('calibrated')
  })

  it.each(['RF', 'XA', 'MG', 'PX'])('does not take the projection of modality %s for a slice', async (modality) => {
    const alone = await header({ '00080060': ['CS', modality], [PIXEL]: ['DS', '0.14\\0.14'] })
    expect(alone.spacing?.plane).toBe('detector')
    expect(alone.warnings.map(({ code }) => code)).toContain('SPACING_PLANE_UNKNOWN')
    const same = { [IMAGER]: ['DS', '0.14\\0.14'], [PIXEL]: ['DS', '0.14\\0.14'] } as const
    expect((await header({ '00080060': ['CS', modality], ...same })).spacing?.plane).toBe('detector')
  })

  it.each(['0.000\\0.000', '-0.1\\0.1', '0.1', '0.1\\0.1\\0.1', 'x\\y', '500\\500', '0.01\\0.2', '9\\0.2'])(
    'ignores the spacing %s with a warning',
    async (value) => {
      const film = await header({ [IMAGER]: ['DS', value] })
      expect(film).toMatchObject({ spacing: null, pixelAspect: 1 })
      expect(film.warnings.map(({ code }) => code)).toEqual(['SPACING_IGNORED'])
    },
  )

  it('takes the shape of a pixel from Pixel Aspect Ratio, height to width', async () => {
    expect((await header({ '00280034': ['IS', '3\\2'] })).pixelAspect).toBe(1.5)
  })

  it.each(['0\\1', '2', '2\\1\\1'])('guesses nothing from a Pixel Aspect Ratio of %s', async (ratio) => {
    const odd = await header({ '00280034': ['IS', ratio] })
    expect(odd.pixelAspect).toBe(1)
    expect(odd.warnings.map(({ code }) => code)).toEqual(['ASPECT_IGNORED'])
  })
})
