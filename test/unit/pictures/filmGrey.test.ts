import { describe, expect, it } from 'vitest'
import { greyOf, percentileWindow, type Film, type Voi } from '../../../contract'
import { displayPicture } from '../../../main/domain/displayPicture'
import { toGrey } from '../../../main/domain/filmGrey'
import { exampleHeader } from '../../support/exampleReport'

const window = (center: number, width: number, kind: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID' = 'LINEAR'): Voi => ({
  kind: 'window',
  center,
  width,
  function: kind,
  explanation: null,
})

function film(values: number[], changes: Parameters<typeof exampleHeader>[0] = {}): Film {
  const pixels = Int16Array.from(values)
  const range = { minPixel: Math.min(...values), maxPixel: Math.max(...values) }
  return {
    pixels,
    header: exampleHeader({ width: values.length, height: 1, signed: true, bitsStored: 16, ...range, ...changes }),
  }
}

describe('VOI functions (PS3.3 C.11.2.1.2)', () => {
  it('follows the standard’s examples for LINEAR', () => {
    // "c=2048, w=4096: 0 → y min, 4095 → y max"; "c=0, w=1: 0 and above → y max"; "c=0, w=100: −50 → min, 49 → max".
    expect(greyOf(window(2048, 4096), 0)).toBe(0)
    expect(greyOf(window(2048, 4096), 4095)).toBe(1)
    expect(greyOf(window(2048, 4096), 2047.5)).toBe(0.5)
    expect([-1, -0.5, 0, 1].map((x) => greyOf(window(0, 1), x))).toEqual([0, 0, 1, 1])
    expect([-51, -50, 49, 50].map((x) => greyOf(window(0, 100), x))).toEqual([0, 0, 1, 1])
  })

  it('follows the standard’s examples for LINEAR_EXACT', () => {
    // "c=2048, w=4096: 0 → min, 4096 → max"; "c=0, w=1: −0.5 → min, 0.5 → max".
    expect([0, 2048, 4096].map((x) => greyOf(window(2048, 4096, 'LINEAR_EXACT'), x))).toEqual([0, 0.5, 1])
    expect([-0.5, 0, 0.5].map((x) => greyOf(window(0, 1, 'LINEAR_EXACT'), x))).toEqual([0, 0.5, 1])
  })

  it('computes SIGMOID', () => {
    const at = (x: number) => greyOf(window(100, 50, 'SIGMOID'), x)
    expect(at(100)).toBe(0.5)
    expect(at(125)).toBeCloseTo(1 / (1 + Math.exp(-2)), 12)
    expect(at(75) + at(125)).toBeCloseTo(1, 12)
  })

  it('holds a table at both ends', () => {
    const table: Voi = { kind: 'table', firstValue: 10, bits: 8, table: Uint16Array.of(0, 51, 255), explanation: null }
    expect([0, 10, 11, 12, 99].map((x) => greyOf(table, x))).toEqual([0, 0, 0.2, 1, 1])
  })
})

describe('toGrey', () => {
  it('goes through modality values', () => {
    const slice = film([0, 512, 1024], { slope: 2, intercept: -1024 })
    expect([...toGrey(slice, window(0, 2048, 'LINEAR_EXACT'))]).toEqual([0, 128, 255])
  })

  it('inverts MONOCHROME1', () => {
    const voi = window(50, 100, 'LINEAR_EXACT')
    expect([...toGrey(film([0, 25, 100], { photometric: 'MONOCHROME1' }), voi)]).toEqual([255, 191, 0])
  })

  it.each(['MONOCHROME1', 'MONOCHROME2'] as const)('shows padding of a %s film black', (photometric) => {
    // within the range of values, where a grey is ready for it: at either end of the window, and in its middle
    for (const pad of [0, 2000, 4000]) {
      const values = [pad, 0, 1000, 2000, 3000, 4000].filter((value, i) => i === 0 || value !== pad)
      const whole = toGrey(film(values, { photometric }), window(2000, 4000))
      const padded = toGrey(film(values, { photometric, padding: [pad, pad] }), window(2000, 4000))
      expect([...padded]).toEqual([0, ...whole.slice(1)])
    }
  })

  it('shows a whole range of padding black', () => {
    const padded = film([10, 20, 30, 40, 50], { padding: [20, 40] })
    const grey = toGrey(padded, window(0, 2, 'LINEAR_EXACT'))
    expect([...grey]).toEqual([255, 0, 0, 0, 255])
  })
})

describe('displayPicture', () => {
  it('shows the file’s first preset, else the window from its 1st to its 99th percentile', () => {
    const values = [0, 25, 100]
    const own = film(values, { voi: [window(50, 50, 'LINEAR_EXACT'), window(0, 1)] })
    expect([...displayPicture(own).pixels]).toEqual([0, 0, 255])
    const plain = film(values, { photometric: 'MONOCHROME1' })
    expect([...displayPicture(plain).pixels]).toEqual([255, 191, 0])
  })
})

describe('the window of a film whose file has none', () => {
  const header = { width: 300, height: 300, slope: 1, intercept: 0, minPixel: 0, maxPixel: 1999, padding: null }
  const pixels = Uint16Array.from({ length: 90_000 }, (_, i) => 1000 + ((i * 7919) % 1000))
  pixels.fill(0, 0, 30 * 300)

  it('goes from the 1st to the 99th percentile of the film’s middle, without padding', () => {
    const padded = pixels.slice().fill(9999, 150 * 300, 200 * 300)
    const { center, width } = percentileWindow({ header: { ...header, padding: [9999, 9999] }, pixels: padded })
    expect(center - width / 2).toBeCloseTo(1010, -1)
    expect(center + width / 2).toBeCloseTo(1990, -1)
  })

  it('is given in modality values, whatever the sign of their slope', () => {
    const stored = percentileWindow({ header, pixels })
    const turned = percentileWindow({ header: { ...header, slope: -2, intercept: 100 }, pixels })
    expect(turned).toMatchObject({ center: 100 - 2 * stored.center, width: 2 * stored.width })
  })

  it('is as narrow as the values of a small slope', () => {
    const stored = percentileWindow({ header, pixels })
    const slope = 1e-7
    const small = percentileWindow({ header: { ...header, slope }, pixels })
    expect(small.width / slope).toBeCloseTo(stored.width, 6)
  })

  it('is there for a film of one grey and for one that is all padding', () => {
    const flat = { ...header, minPixel: 7, maxPixel: 7 }
    for (const padding of [null, [7, 7] as [number, number]])
      expect(percentileWindow({ header: { ...flat, padding }, pixels: pixels.slice().fill(7) }).center).toBeCloseTo(
        7,
        2,
      )
  })
})
