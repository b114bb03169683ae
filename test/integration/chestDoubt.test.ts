import { describe, expect, it } from 'vitest'
import { readFilm } from '../../main/adapters/dicom'
import { loadTrainingFilms, toModelInput } from '../../main/adapters/trainingData'
import { modelInput } from '../../main/domain/modelInput'
import { findZones, labelMap } from '../../main/domain/zones'
import { chestDoubt } from '../../main/domain/zones/chestDoubt'
import type { ZonePicture } from '../../main/domain/zones/picture'
import { sharedData } from '../support/sharedData'

const SIDE = 128
/** Every so many of the radiographs. */
const EACH = 40

const doubted = (picture: ZonePicture): boolean => {
  const zones = findZones(picture)
  return chestDoubt(picture, zones, labelMap(picture, zones)) !== null
}
const whole = (pixels: Uint8Array): ZonePicture => ({ pixels, box: { x: 0, y: 0, width: SIDE, height: SIDE } })
const turned = (pixels: Uint8Array) =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, i) => pixels[(i % SIDE) * SIDE + SIDE - 1 - Math.floor(i / SIDE)] ?? 0)

const films = sharedData('nih', 'manifest.csv')
describe.skipIf(films === null)('real chest films', () => {
  it('are hardly ever doubted as they are, nearly always turned by a quarter, mostly inverted', async () => {
    const all = (await loadTrainingFilms(sharedData() ?? '')).filter(({ native }) => native === 2 * SIDE)
    const chosen = all.filter((_, i) => i % EACH === 0).map(toModelInput)
    const share = (of: (pixels: Uint8Array) => Uint8Array) =>
      chosen.filter((pixels) => doubted(whole(of(pixels)))).length / chosen.length
    expect(chosen.length).toBeGreaterThan(50)
    expect(share((pixels) => pixels)).toBeLessThan(0.06)
    expect(share(turned)).toBeGreaterThan(0.9)
    expect(share((pixels) => pixels.map((level) => 255 - level))).toBeGreaterThan(0.7)
  })
})

const dicom = sharedData('dicom')
describe.skipIf(dicom === null)('films of other parts of the body', () => {
  it.each([
    ['radiographs_other/nema_RG2_RLE.dcm', true],
    ['radiographs_other/CR-ModalitySequenceLUT.dcm', true],
    ['ts_matrix_upstream_ct/CTImage.dcm', true],
    ['chest/gdcm_CR-MONO1-10-chest.dcm', false],
    ['chest/nema_RG1_J2KI.dcm', false],
  ])('%s: doubted %s', async (file, expected) => {
    const { pixels, record } = modelInput(await readFilm(sharedData('dicom', file) ?? ''))
    expect(doubted({ pixels, box: record.box })).toBe(expected)
  })
})
