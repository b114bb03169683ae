import { describe, expect, it } from 'vitest'
import { bitScale, colourIndex } from '../../../contract'
import { colourTable, paintBitMap, scaleTicks } from '../../../main/domain/colourMap'
import { colourTable as colourTableOfWindow, readableTicks } from '../../../renderer/viewer/colourMap'

/** CIE lightness L* of an sRGB colour, D65 (IEC 61966-2-1, CIE 15). */
function lightness(rgb: Uint8Array): number {
  const [r = 0, g = 0, b = 0] = Array.from(rgb, (byte) => {
    const v = byte / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (luminance * 24389) / 27
}

const colours = () => {
  const table = colourTable()
  return Array.from({ length: 256 }, (_, i) => table.subarray(i * 3, i * 3 + 3))
}

describe('colour map', () => {
  it('gets lighter with every step, from black to nearly white', () => {
    const levels = colours().map(lightness)
    const steps = levels.slice(1).map((level, i) => level - (levels[i] ?? 0))
    expect(Math.min(...steps)).toBeGreaterThan(0)
    expect(levels[0]).toBeLessThan(1)
    expect(levels[255]).toBeGreaterThan(95)
  })

  it('spreads lightness evenly: no step is far from the mean step', () => {
    const levels = colours().map(lightness)
    for (let i = 16; i < 256; i += 16) {
      const stretch = (levels[i] ?? 0) - (levels[i - 16] ?? 0)
      expect(stretch).toBeGreaterThan(0.4 * (100 / 16))
      expect(stretch).toBeLessThan(1.6 * (100 / 16))
    }
  })

  it('takes equal colours for equal bits whatever the map, and the end colours outside', () => {
    const scale = { low: 0, high: 4 }
    const a = paintBitMap(Float32Array.of(-3, 2, 4, 90), scale)
    const b = paintBitMap(Float32Array.of(2, 0, 4, 4), scale)
    const pixel = (rgb: Uint8Array, i: number) => [...rgb.subarray(i * 3, i * 3 + 3)]
    expect(pixel(a.rgb, 1)).toEqual(pixel(b.rgb, 0))
    expect(pixel(a.rgb, 0)).toEqual(pixel(b.rgb, 1))
    expect(pixel(a.rgb, 3)).toEqual(pixel(b.rgb, 2))
    expect(pixel(a.rgb, 0)).not.toEqual(pixel(a.rgb, 1))
  })

  it('enlarges each map pixel to a square', () => {
    const { width, height, rgb } = paintBitMap(Float32Array.of(0, 1, 2, 3), { low: 0, high: 3 }, 3)
    expect([width, height, rgb.length]).toEqual([6, 6, 108])
    const at = (x: number, y: number) => rgb[(y * 6 + x) * 3]
    expect(at(0, 0)).toBe(at(2, 2))
    expect(at(3, 0)).toBe(at(5, 2))
    expect(at(2, 0)).not.toBe(at(3, 0))
  })
})

describe('scale of bit maps', () => {
  it('ends at 0 and at the 99.5th percentile of the film', () => {
    const map = Float32Array.from({ length: 1001 }, (_, i) => i / 100)
    expect(bitScale(map).low).toBe(0)
    expect(bitScale(map).high).toBeCloseTo(9.95, 5)
  })

  it('does not follow a few very dear pixels and leaves the map as it was', () => {
    const map = Float32Array.from({ length: 1000 }, (_, i) => (i < 5 ? 5000 : i % 7))
    const before = map.slice()
    expect(bitScale(map).high).toBe(6)
    expect(map).toEqual(before)
  })

  it('reaches below 0 where the film does, and has a width even where the map has none', () => {
    expect(bitScale(Float32Array.from({ length: 201 }, (_, i) => i - 101)).low).toBe(-100)
    expect(bitScale(new Float32Array(16))).toEqual({ low: 0, high: 0.5 })
    expect(bitScale(new Float32Array(16).fill(-2))).toEqual({ low: -2, high: -1.5 })
  })

  it('has the colours of the window', () => {
    const words = colourTableOfWindow('sequential')
    const table = colourTable()
    for (let i = 0; i < 256; i++)
      expect([i, (words[i] ?? 0) & 0xffffff]).toEqual([
        i,
        (table[i * 3] ?? 0) | ((table[i * 3 + 1] ?? 0) << 8) | ((table[i * 3 + 2] ?? 0) << 16),
      ])
  })

  it('names round numbers inside the scale', () => {
    expect(scaleTicks({ low: 0, high: 7.3 })).toEqual([0, 2, 4, 6])
    expect(scaleTicks({ low: 0, high: 21 })).toEqual([0, 5, 10, 15, 20])
  })

  it('places the ends and the middle', () => {
    const scale = { low: 0, high: 10 }
    expect([0, 5, 10].map((bits) => colourIndex(bits, scale))).toEqual([0, 128, 255])
  })
})

describe('the ticks below a scale', () => {
  const readable = (ticks: readonly number[], width: number, written: (tick: number) => string) =>
    readableTicks(ticks, { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1 }, { width, written })
  const share = (tick: number) => `${100 * tick} %`
  const signed = (tick: number) => (tick > 0 ? `+${tick}` : `${tick}`)

  it('all stand there where there is room for them', () => {
    expect(readable([0, 0.15, 0.3], 140, share)).toEqual([0, 0.15, 0.3])
    expect(readable([-0.4, -0.2, 0, 0.2, 0.4], 400, signed)).toEqual([-0.4, -0.2, 0, 0.2, 0.4])
  })

  it('in a narrow pane are those that do not run into each other: both ends, then what is in the middle', () => {
    expect(readable([0, 0.15, 0.3], 74, share)).toEqual([0, 0.3])
    expect(readable([-0.4, -0.2, 0, 0.2, 0.4], 130, signed)).toEqual([-0.4, 0, 0.4])
    expect(readable([0, 0.15, 0.3], 40, share)).toEqual([0.3])
  })
})
