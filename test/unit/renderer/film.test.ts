import { describe, expect, it } from 'vitest'
import { contrastWindow } from '../../../contract/shared'
import { buildPyramid, levelFor } from '../../../renderer/viewer/pyramid'
import { asWindow, dragWindow, filmLookup, greyOf, windowOver, type LookupHeader } from '../../../renderer/viewer/voi'

const header: LookupHeader = {
  photometric: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
  minPixel: 0,
  maxPixel: 100,
  padding: null,
}
const full = windowOver(0, 100)
/** Grey levels of the table, 0 … 255. */
const levels = (from: LookupHeader, invert = false) =>
  [...filmLookup(from, full, invert).words].map((word) => word & 255)

describe('a window for the model’s pictures', () => {
  it('spans all but single pixels, and a letter on grey is more than that', () => {
    const strays = Uint8Array.from({ length: 10_000 }, (_, i) => (i < 5 ? 0 : i >= 9995 ? 255 : 100 + (i % 41)))
    expect(contrastWindow(strays)).toMatchObject({ center: 120, width: 40 })
    const letter = Uint8Array.from({ length: 10_000 }, (_, i) => (i < 80 ? 250 : 120))
    expect(contrastWindow(letter)).toMatchObject({ center: 185, width: 130 })
  })

  it('does not blow up a picture that is nearly flat', () => {
    expect(contrastWindow(new Uint8Array(100).fill(90))).toMatchObject({ center: 90, width: 24 })
    expect(contrastWindow(Uint8Array.from({ length: 100 }, (_, i) => 90 + (i % 5)))).toMatchObject({ width: 24 })
  })
})

describe('stored values to grey', () => {
  it('runs from black to white over the window, opaque', () => {
    const { first, words } = filmLookup(header, full, false)
    expect(first).toBe(0)
    expect(words).toHaveLength(101)
    expect(words[0]).toBe(0xff000000)
    expect(words[50]).toBe(0xff808080)
    expect(words[100]).toBe(0xffffffff)
  })

  it('shows MONOCHROME1 the right way round, and inverts both', () => {
    const one = { ...header, photometric: 'MONOCHROME1' } as const
    expect(levels(one)).toEqual(levels(header).reverse())
    expect(levels(one, true)).toEqual(levels(header))
    expect(levels(header, true)).toEqual(levels(one))
  })

  it('windows modality values, not stored ones', () => {
    const scaled = { ...header, slope: 2, intercept: -100, minPixel: 50, maxPixel: 100 }
    expect(levels(scaled)).toHaveLength(51)
    expect(levels(scaled)[25]).toBe(128)
  })

  it('keeps padding black, also inverted', () => {
    const padded = { ...header, padding: [10, 0] as [number, number] }
    expect(levels(padded, true).slice(0, 11)).toEqual(Array(11).fill(0))
    expect(levels(padded, true)[11]).toBeGreaterThan(200)
  })

  it('turns a table into a window over its values before it is dragged', () => {
    const table = Uint16Array.from({ length: 11 }, (_, i) => 25 * i)
    const window = asWindow({ kind: 'table', firstValue: 100, bits: 8, table, explanation: null })
    expect(greyOf(window, 100)).toBe(0)
    expect(greyOf(window, 110)).toBe(1)
  })

  it('widens to the right, moves the centre down, and never closes the window', () => {
    const start = windowOver(0, 300)
    expect(dragWindow(start, { dx: 10, dy: -20 }, 1000)).toMatchObject({ width: 310, center: 130 })
    expect(dragWindow(start, { dx: -1e6, dy: 0 }, 1000).width).toBeGreaterThan(0)
    const linear = { ...start, function: 'LINEAR' } as const
    expect(dragWindow(linear, { dx: -1e6, dy: 0 }, 1000).width).toBeGreaterThanOrEqual(2)
  })
})

describe('pyramid', () => {
  it('averages areas down to about the size of a viewport, edges of odd films included', () => {
    const film = { width: 801, height: 603 }
    const pixels = Uint16Array.from({ length: film.width * film.height }, (_, i) => i % film.width)
    const pyramid = buildPyramid(pixels, film)
    expect(pyramid.map(({ width, height, factor }) => [width, height, factor])).toEqual([
      [801, 603, 1],
      [401, 302, 2],
      [201, 151, 4],
    ])
    expect([...(pyramid[1]?.pixels.subarray(0, 3) ?? [])]).toEqual([1, 3, 5])
    expect(pyramid[1]?.pixels[400]).toBe(800)
    expect(pyramid[1]?.pixels).toBeInstanceOf(Uint16Array)
  })

  it('keeps the mean of signed films', () => {
    const film = { width: 512, height: 512 }
    const pixels = Int16Array.from({ length: 512 * 512 }, (_, i) => (i % 7) * 100 - 300)
    const mean = (values: Int16Array) => values.reduce((sum, value) => sum + value, 0) / values.length
    const last = buildPyramid(pixels, film).at(-1)?.pixels as Int16Array
    expect(mean(last)).toBeCloseTo(mean(pixels), 0)
  })

  it('never mixes padding into an average', () => {
    const film = { width: 400, height: 400 }
    const pixels = new Uint16Array(film.width * film.height).fill(1000)
    pixels[0] = 65535
    for (const at of [2, 3, 402, 403]) pixels[at] = 65535
    const level = buildPyramid(pixels, film, [65535, 65535])[1]
    expect([...(level?.pixels.subarray(0, 3) ?? [])]).toEqual([1000, 65535, 1000])
  })

  it('makes no padding of real values on either side of it', () => {
    const film = { width: 400, height: 400 }
    const pixels = Int16Array.from({ length: 400 * 400 }, (_, i) => (i % 2 === 0 ? -100 : 102))
    const level = buildPyramid(pixels, film, [-5, 5])[1]
    expect([...(level?.pixels.subarray(0, 2) ?? [])]).toEqual([-100, -100])
    expect(buildPyramid(pixels, film, [-5, 0])[1]?.pixels[0]).toBe(1)
  })

  it('picks the coarsest level that is still sharp on screen', () => {
    const pyramid = buildPyramid(new Uint8Array(1600 * 1600), { width: 1600, height: 1600 })
    expect(levelFor(pyramid, 1, 1).factor).toBe(1)
    expect(levelFor(pyramid, 0.4, 1).factor).toBe(2)
    expect(levelFor(pyramid, 0.25, 1).factor).toBe(4)
    expect(levelFor(pyramid, 8, 1).factor).toBe(1)
  })
})
