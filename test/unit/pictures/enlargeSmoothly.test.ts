import { describe, expect, it } from 'vitest'
import { enlargeSmoothly } from '../../../main/domain/enlargeSmoothly'

describe('smooth enlargement', () => {
  it('keeps a grey picture grey and straight ramps straight', () => {
    const grey = enlargeSmoothly({ width: 3, height: 2, pixels: new Uint8Array(6).fill(77) }, 12, 8)
    expect(new Set(grey.pixels)).toEqual(new Set([77]))
    const ramp = enlargeSmoothly(
      { width: 8, height: 1, pixels: Uint8Array.from({ length: 8 }, (_, i) => i * 20) },
      32,
      1,
    )
    for (let x = 8; x < 24; x++) expect(ramp.pixels[x]).toBe(Math.round(20 * ((x + 0.5) / 4 - 0.5)))
  })

  it('stays inside the levels where the curve overshoots', () => {
    const edge = enlargeSmoothly({ width: 4, height: 1, pixels: Uint8Array.of(0, 0, 255, 255) }, 40, 1)
    expect(Math.min(...edge.pixels)).toBe(0)
    expect(Math.max(...edge.pixels)).toBe(255)
    expect(edge.pixels[0]).toBe(0)
    expect(edge.pixels[39]).toBe(255)
  })

  it('is the picture itself at the same size', () => {
    const pixels = Uint8Array.of(1, 200, 30, 4, 50, 160)
    expect(enlargeSmoothly({ width: 3, height: 2, pixels }, 3, 2).pixels).toEqual(pixels)
  })
})
