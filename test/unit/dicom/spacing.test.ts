import { describe, expect, it } from 'vitest'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { syntheticFilm, writeDicom, type DicomElements } from '../../support/dicomWriter'
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
    { what: 'larger than at the detector', imager: '0.15\\0.15', pixel: '0.16\\0.16' },
    { what: 'too small for any place before the detector', imager: '0.15\\0.15', pixel: '0.05\\0.05' },
    { what: 'another one by its kind of film', imager: '0.15\\0.15', nominal: '0.2\\0.2' },
  ])('gives no distance where one size contradicts another: $what', async ({ imager, pixel, nominal }) => {
    const film = await header({
      [IMAGER]: ['DS', imager],
      ...(pixel && { [PIXEL]: ['DS', pixel], [CALIBRATION]: ['CS', 'GEOMETRY'] }),
      ...(nominal && { [NOMINAL]: ['DS', nominal] }),
    })
    expect(film).toMatchObject({ spacing: null, pixelAspect: 1 })
    expect(film.warnings.map(({ code }) => code)).toEqual(['SPACING_IGNORED'])
  })

  it('does not claim calibration where Pixel Spacing is rounded, or calibrated in no way of the standard', async () => {
    const rounded = await header({ [IMAGER]: ['DS', '0.1434\\0.1434'], [PIXEL]: ['DS', '0.143\\0.143'] })
    expect(rounded).toMatchObject({ spacing: { plane: 'detector' }, warnings: [] })
    const none = await header({ [PIXEL]: ['DS', '0.14\\0.14'], [CALIBRATION]: ['CS', 'NONE'] })
    expect(none.spacing?.plane).toBe('detector')
  })

  it('believes no pixel of exactly 1 mm, the placeholder of programs that know none, but in a slice', async () => {
    for (const tag of [IMAGER, NOMINAL, PIXEL]) {
      const film = await header({ [tag]: ['DS', '1\\1.0'] })
      expect(film).toMatchObject({ spacing: null, warnings: [{ code: 'SPACING_IGNORED', mustConfirm: false }] })
    }
    // Else the placeholder would make the true size a calibrated one, or stand in its place.
    const imager = await header({ [IMAGER]: ['DS', '1\\1'], [PIXEL]: ['DS', '0.14\\0.14'] })
    expect(imager.spacing).toEqual({ plane: 'detector', rowMm: 0.14, columnMm: 0.14 })
    const pixel = await header({ [IMAGER]: ['DS', '0.14\\0.14'], [PIXEL]: ['DS', '1\\1'] })
    expect(pixel.spacing).toEqual({ plane: 'detector', rowMm: 0.14, columnMm: 0.14 })
    const slice = await header({ '00080060': ['CS', 'CT'], [PIXEL]: ['DS', '1\\1'] })
    expect(slice.spacing).toEqual({ plane: 'calibrated', rowMm: 1, columnMm: 1 })
  })

  it('believes no pixel that would make the film longer than a patient', async () => {
    const film = syntheticFilm(new Uint8Array(1000), { width: 1, height: 1000 }, { [IMAGER]: ['DS', '2.5\\2.5'] })
    const { header } = await filmFromBytes(writeDicom(film))
    expect(header).toMatchObject({ spacing: null, warnings: [{ code: 'SPACING_IGNORED' }] })
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

  it('gives no distance where the shape of a pixel contradicts its size, or one size another', async () => {
    const sizes: Parameters<typeof header>[0][] = [
      { [IMAGER]: ['DS', '0.2\\0.1'], '00280034': ['IS', '1\\1'] },
      { [IMAGER]: ['DS', '0.1\\0.1'], [PIXEL]: ['DS', '0.1\\0.05'] },
    ]
    for (const given of sizes) {
      const film = await header(given)
      expect(film).toMatchObject({ spacing: null, pixelAspect: 2, warnings: [{ code: 'ASPECT_IGNORED' }] })
    }
    const agreed = await header({ [IMAGER]: ['DS', '0.1999\\0.1'], '00280034': ['IS', '2\\1'] })
    expect(agreed).toMatchObject({ spacing: { plane: 'detector', rowMm: 0.1999, columnMm: 0.1 }, warnings: [] })
  })

  it.each(['0\\1', '2', '2\\1\\1'])('guesses nothing from a Pixel Aspect Ratio of %s', async (ratio) => {
    const odd = await header({ '00280034': ['IS', ratio] })
    expect(odd.pixelAspect).toBe(1)
    expect(odd.warnings.map(({ code }) => code)).toEqual(['ASPECT_IGNORED'])
  })
})
