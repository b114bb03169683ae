import { describe, expect, it } from 'vitest'
import { colourTable, signedRangeOf, ticksOf } from '../../../renderer/viewer/colourMap'

/** CIELAB lightness of a little-endian RGBA word (sRGB, D65). */
function lightness(word: number): number {
  const linear = [0, 8, 16].map((shift) => {
    const value = ((word >>> shift) & 255) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const [red = 0, green = 0, blue = 0] = linear
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (24389 / 27) * y
}

const steps = (words: Uint32Array) => [...words].slice(1).map((word, i) => lightness(word) - lightness(words[i] ?? 0))

describe('colour maps', () => {
  it('the sequential map gets lighter all the way, in even steps', () => {
    const rises = steps(colourTable('sequential'))
    // Eight bits a channel round each step by up to half a level.
    expect(Math.min(...rises)).toBeGreaterThan(-0.5)
    const thirds = [0, 85, 170].map((from) => rises.slice(from, from + 85).reduce((sum, rise) => sum + rise, 0))
    expect(Math.max(...thirds) / Math.min(...thirds)).toBeLessThan(1.5)
  })

  it('the diverging map is darkest at zero and as light at either end', () => {
    const words = colourTable('diverging')
    const dark = [...words].map(lightness)
    expect(dark.indexOf(Math.min(...dark))).toBeGreaterThan(124)
    expect(dark.indexOf(Math.min(...dark))).toBeLessThan(131)
    expect(Math.abs((dark[0] ?? 0) - (dark[255] ?? 0))).toBeLessThan(6)
  })
})

describe('ranges and ticks', () => {
  it('is symmetric around zero for differences', () => {
    const { low, high } = signedRangeOf(Float32Array.from({ length: 1000 }, (_, i) => i / 100 - 2))
    expect(low).toBe(-high)
  })

  it('puts ticks on round values inside the range', () => {
    expect(ticksOf({ low: 0, high: 5.2 })).toEqual([0, 2, 4])
    expect(ticksOf({ low: -2.4, high: 2.4 }, 4)).toEqual([-2, 0, 2])
    expect(ticksOf({ low: 0, high: 0.61 })).toEqual([0, 0.2, 0.4, 0.6])
  })
})
