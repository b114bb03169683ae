import { describe, expect, it } from 'vitest'
import { percentileWindow, type Film, type FilmPixels, type Voi } from '../../../contract'
import { readFilm } from '../../../main/adapters/dicom/readFilm'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { encodeGrey } from '../../../main/adapters/pictures'
import { displayPicture } from '../../../main/domain/displayPicture'
import { modelInput } from '../../../main/domain/modelInput'
import type { FilmSource } from '../../../main/ports'
import { filmLookup } from '../../../renderer/viewer/voi'
import { syntheticFilm, writeDicom, type DicomElements } from '../../support/dicomWriter'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { sharedData } from '../../support/sharedData'
import { temporaryFolder } from '../../support/temporaryFolder'

/**
 * A MONOCHROME1 film and its MONOCHROME2 twin, whose stored values are turned round (value → highest − value) together with
 * its windows, are one picture: on screen, in the worklist, in the report, before the model.
 */
interface Twins {
  readonly one: Film
  readonly two: Film
}

const SIZE = { width: 96, height: 80 }
const HIGHEST = 4095
/** Two dark lungs in a bright body on a slope, as a MONOCHROME1 detector stores them: dense is low. */
const dense = Uint16Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
  const u = (i % SIZE.width) / SIZE.width - 0.5
  const v = Math.floor(i / SIZE.width) / SIZE.height - 0.5
  const lung = ((Math.abs(u) - 0.22) / 0.15) ** 2 + (v / 0.35) ** 2 < 1
  return Math.round((lung ? 2900 : 1200) + 700 * u + ((i * 7919) % 180))
})

async function written(photometric: string, pixels: Uint16Array, more: Record<string, DicomElements[string]>) {
  const bits: Record<string, DicomElements[string]> = { '00280101': ['US', 12], '00280102': ['US', 11] }
  return filmFromBytes(writeDicom(syntheticFilm(pixels, SIZE, { '00280004': ['CS', photometric], ...bits, ...more })))
}

async function twins(mirrored: {
  one: Record<string, DicomElements[string]>
  two: Record<string, DicomElements[string]>
}): Promise<Twins> {
  const turned = dense.map((value) => HIGHEST - value)
  return {
    one: await written('MONOCHROME1', dense, mirrored.one),
    two: await written('MONOCHROME2', turned, mirrored.two),
  }
}

const window = (center: number, width: number, kind: string): Record<string, DicomElements[string]> => ({
  '00281050': ['DS', String(center)],
  '00281051': ['DS', String(width)],
  '00281056': ['CS', kind],
})
const table = (first: number, values: number[]): Record<string, DicomElements[string]> => ({
  '00283010': ['SQ', [{ '00283002': ['US', [values.length, first, 8]], '00283006': ['US', values] }]],
})
const FIRST = 1000
const rising = Array.from({ length: 2200 }, (_, i) => Math.round(255 * (i / 2199) ** 0.7))

const cases: [string, () => Promise<Twins>][] = [
  // LINEAR is half a value off its centre (C.11.2.1.2.1), so its mirror image has the centre highest + 1 − c.
  [
    'a LINEAR window',
    () => twins({ one: window(1800, 2000, 'LINEAR'), two: window(HIGHEST + 1 - 1800, 2000, 'LINEAR') }),
  ],
  [
    'a LINEAR_EXACT window',
    () => twins({ one: window(1800, 1999, 'LINEAR_EXACT'), two: window(HIGHEST - 1800, 1999, 'LINEAR_EXACT') }),
  ],
  ['a SIGMOID window', () => twins({ one: window(1700, 900, 'SIGMOID'), two: window(HIGHEST - 1700, 900, 'SIGMOID') })],
  [
    'a VOI LUT',
    () =>
      twins({
        one: table(FIRST, rising),
        two: table(
          HIGHEST - FIRST - (rising.length - 1),
          [...rising].reverse().map((value) => 255 - value),
        ),
      }),
  ],
  ['no window of its own', () => twins({ one: {}, two: {} })],
  [
    'padding around it',
    () =>
      twins({
        one: { ...window(1800, 1999, 'LINEAR_EXACT'), '00280120': ['US', dense[5] ?? 0] },
        two: { ...window(HIGHEST - 1800, 1999, 'LINEAR_EXACT'), '00280120': ['US', HIGHEST - (dense[5] ?? 0)] },
      }),
  ],
]

/** Grey levels on screen of every pixel, with the window that the film opens with. */
function onScreen(film: Film, invert: boolean): number[] {
  const { header, pixels } = film
  const { first, words } = filmLookup(header, header.voi[0] ?? percentileWindow(film), invert)
  return Array.from(pixels, (value) => (words[value - first] ?? 0) & 255)
}

/** Largest difference; halves may round to either side where one grey is 1 minus the other. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 0)))
  return most
}

function expectOnePicture({ one, two }: Twins): void {
  expect(one.header.photometric).toBe('MONOCHROME1')
  expect(two.header.photometric).toBe('MONOCHROME2')
  for (const invert of [false, true]) expect(apart(onScreen(one, invert), onScreen(two, invert))).toBeLessThanOrEqual(1)
  const [modelOne, modelTwo] = [modelInput(one), modelInput(two)]
  expect(apart(modelOne.pixels, modelTwo.pixels)).toBeLessThanOrEqual(1)
  const [reportOne, reportTwo] = [displayPicture(one), displayPicture(two)]
  expect(apart(reportOne.pixels, reportTwo.pixels)).toBeLessThanOrEqual(1)
  // The picture is no even grey, and report and screen agree.
  expect(new Set(reportOne.pixels).size).toBeGreaterThan(20)
  expect(apart(reportOne.pixels, onScreen(one, false))).toBe(0)
}

describe('a MONOCHROME1 film and its MONOCHROME2 twin are one picture', () => {
  it.each(cases)('with %s: on screen, in the report, before the model', async (_what, make) => {
    expectOnePicture(await make())
  })

  it('in the worklist', async () => {
    const { one, two } = await twins({ one: {}, two: {} })
    const film = (place: unknown) => (place === 'one' ? one : two)
    const films: FilmSource = {
      read: async (place) => film(place),
      readInput: async (place) => ({ header: film(place).header, input: modelInput(film(place)) }),
      discover: async (paths) => ({ files: [...paths], skipped: 0 }),
      close: async () => undefined,
    }
    const nothing = async () => undefined
    const pictures = { encodeGrey, writeGrey: nothing, writeBitMap: nothing, writeColour: nothing }
    const { workstation } = await scriptedWorkstation(temporaryFolder(), { films, pictures })
    await workstation.call('importFiles', { paths: ['one', 'two'] })
    const answer = await workstation.call('listCases', null)
    if (!answer.ok) throw new Error(answer.error.message)
    const thumbnails = answer.result.map(({ thumbnail }) => thumbnail)
    expect(thumbnails).toHaveLength(2)
    expect(thumbnails[0]?.length).toBeGreaterThan(500)
    expect(thumbnails[0]).toBe(thumbnails[1])
    await workstation.close()
  })

  const real = sharedData('dicom', 'chest', 'gdcm_CR-MONO1-10-chest.dcm')
  it.skipIf(real === null)('with a real file', async () => {
    const one = await readFilm(real ?? '')
    expectOnePicture({ one, two: twinOf(one) })
  })
})

describe('what the model sees', () => {
  const COLLAR = 12
  /** The film with everything within 12 pixels of its edge at one stored value. */
  const collared = (value: number) =>
    dense.map((stored, i) => {
      const [x, y] = [i % SIZE.width, Math.floor(i / SIZE.width)]
      const inside = Math.min(x, SIZE.width - 1 - x, y, SIZE.height - 1 - y) >= COLLAR
      return inside ? stored : value
    })
  const inner = collared(NaN).filter((value) => value > 0)
  const darkest = { MONOCHROME1: Math.max(...inner), MONOCHROME2: Math.min(...inner) }
  const deep: Record<string, DicomElements[string]> = { '00280101': ['US', 16], '00280102': ['US', 15] }

  it.each([
    ['MONOCHROME2', 65_535],
    ['MONOCHROME2', 0],
    ['MONOCHROME1', 65_535],
    ['MONOCHROME1', 0],
  ] as const)('of a %s film has padding of %i as dark as its darkest pixel', async (photometric, value) => {
    const padded = await written(photometric, collared(value), { ...deep, '00280120': ['US', value] })
    const dark = await written(photometric, collared(darkest[photometric]), deep)
    expect([padded.header.padding, dark.header.padding]).toEqual([[value, value], null])
    const [seen, expected] = [modelInput(padded), modelInput(dark)]
    expect(apart(seen.pixels, expected.pixels)).toBe(0)
    expect(seen.record).toEqual(expected.record)
    // it reaches into what the window is measured on, and would show if it were taken for anatomy
    const taken = await written(photometric, collared(value), deep)
    expect(apart(modelInput(taken).pixels, expected.pixels)).toBeGreaterThan(20)
  })

  const slope = (by: string): Record<string, DicomElements[string]> => ({
    '00281052': ['DS', String(by.startsWith('-') ? HIGHEST : 0)],
    '00281053': ['DS', by],
  })

  it('is turned round by a negative rescale slope as by MONOCHROME1, and by both not at all', async () => {
    const [one, turned] = [await written('MONOCHROME1', dense, {}), await written('MONOCHROME2', dense, slope('-1'))]
    const [two, twice] = [await written('MONOCHROME2', dense, {}), await written('MONOCHROME1', dense, slope('-1'))]
    expect(apart(modelInput(turned).pixels, modelInput(one).pixels)).toBeLessThanOrEqual(1)
    expect(apart(modelInput(twice).pixels, modelInput(two).pixels)).toBeLessThanOrEqual(1)
    expect(apart(modelInput(turned).pixels, modelInput(two).pixels)).toBeGreaterThan(100)
    // −(4095 − stored): the window's ends are in values that are turned round whole, intercept and all
    const ends = [two, twice].map((film) => modelInput(film).record)
    expect(ends[1]?.low).toBeCloseTo((ends[0]?.low ?? NaN) - HIGHEST, 1)
    expect(ends[1]?.high).toBeCloseTo((ends[0]?.high ?? NaN) - HIGHEST, 1)
  })

  it('does not depend on the size of the rescale slope', async () => {
    const steep = modelInput(await written('MONOCHROME2', dense, slope('2.5')))
    expect(apart(steep.pixels, modelInput(await written('MONOCHROME2', dense, {})).pixels)).toBeLessThanOrEqual(1)
  })
})

/** The MONOCHROME2 twin of a film in memory. */
function twinOf({ header, pixels }: Film): Film {
  const highest = 2 ** header.bitsStored - 1
  const turn = (voi: Voi): Voi => {
    if (voi.kind === 'table') throw new Error('the file has windows only')
    const center = (voi.function === 'LINEAR' ? highest + 1 : highest) - voi.center
    return { ...voi, center }
  }
  expect([header.slope, header.intercept, header.signed, header.padding]).toEqual([1, 0, false, null])
  const turned: FilmPixels = pixels.map((value) => highest - value)
  return {
    pixels: turned,
    header: {
      ...header,
      photometric: 'MONOCHROME2',
      minPixel: highest - header.maxPixel,
      maxPixel: highest - header.minPixel,
      voi: header.voi.map(turn),
    },
  }
}
