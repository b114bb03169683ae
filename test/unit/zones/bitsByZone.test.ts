import { describe, expect, it } from 'vitest'
import { bitsByZone, ZONE_NAMES } from '../../../contract'

const SIDE = 128
const [BORDER, BODY] = [ZONE_NAMES.indexOf('border'), ZONE_NAMES.indexOf('body')]
const labels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
  return Math.min(x, y, SIDE - 1 - x, SIDE - 1 - y) < 5 ? BORDER : BODY
})
/** As the bundled flow charges for plain grey. */
const flat = Float32Array.from(labels, (label) => (label === BORDER ? 0.71 : 0.46))
const flatBits = flat.reduce((sum, bits) => sum + bits, 0)

describe('shares above flat', () => {
  const simplified = flat.map((bits, i) => bits + (labels[i] === BODY ? 1 : 0))
  const maps = { original: simplified.map((bits) => 2 * bits), simplified, flatBits }
  const border = (of: Parameters<typeof bitsByZone>[1]) => bitsByZone(labels, of)[BORDER]

  it('give the border nothing where it costs what a flat picture costs there', () => {
    expect(border({ ...maps, flat })?.share).toBeCloseTo(0, 6)
    expect(bitsByZone(labels, { ...maps, flat }).reduce((sum, { share }) => sum + (share ?? NaN), 0)).toBeCloseTo(1, 8)
  })

  it('are taken evenly from all places in audits of earlier versions, which kept no map of it', () => {
    expect(border(maps)?.share).toBeGreaterThan(0.03)
  })
})

describe('detail left', () => {
  const maps = { original: flat, simplified: flat, flatBits }

  it('is a zone’s mean share, and nothing in a zone without pixels', () => {
    const detail = labels.map((label, i) => (label === BORDER ? 51 : i % 2 === 0 ? 255 : 0))
    const rows = bitsByZone(labels, { ...maps, detail })
    expect(rows[BORDER]?.detail).toBeCloseTo(0.2, 8)
    expect(rows[BODY]?.detail).toBeCloseTo(0.5, 2)
    expect(rows.filter(({ pixels }) => pixels === 0).map(({ detail }) => detail)).toEqual(Array(7).fill(null))
  })

  it('is not told where the audit did not keep it', () => {
    expect(bitsByZone(labels, maps)[BODY]).not.toHaveProperty('detail')
  })
})
