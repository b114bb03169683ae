import { describe, expect, it } from 'vitest'
import { auditRestriction, bitsByZone, ZONE_NAMES, zones as zonesSchema, type ZoneName } from '../../../contract'
import { findZones, keptBy, labelMap } from '../../../main/domain/zones'
import { chestDoubt } from '../../../main/domain/zones/chestDoubt'
import { zoneIndex } from '../../../main/domain/zones/labelMap'
import { rasterise } from '../../../main/domain/zones/polygon'
import { seededRng } from '../../../main/engine/rng'
import { chestPhantom, inPhantomLung } from '../../support/chestPhantom'

const SIDE = 128

describe('zones of a phantom chest', () => {
  const phantom = chestPhantom({ marker: { x: 8, y: 9 } })
  const zones = findZones(phantom)
  const labels = labelMap(phantom, zones)
  const at = (x: number, y: number): ZoneName | undefined => ZONE_NAMES[labels[y * SIDE + x] ?? -1]

  it('keeps to the contract', () => {
    expect(zonesSchema.parse(zones)).toEqual(zones)
    expect(labels).toHaveLength(SIDE * SIDE)
    expect(Math.max(...labels)).toBeLessThan(ZONE_NAMES.length)
  })

  it.each(['left', 'right'] as const)('finds the lung on the %s of the picture', (side) => {
    const found = rasterise((side === 'left' ? zones.pictureLeft : zones.pictureRight).points, SIDE)
    let [both, either] = [0, 0]
    found.forEach((is, i) => {
      const inside = inPhantomLung(side, i % SIDE, Math.floor(i / SIDE))
      both += is && inside ? 1 : 0
      either += is || inside ? 1 : 0
    })
    expect(both / either).toBeGreaterThan(0.85)
  })

  it('puts every part where it belongs', () => {
    expect(at(40, 50)).toBe('lung-picture-left')
    expect(at(90, 50)).toBe('lung-picture-right')
    expect(at(65, 60)).toBe('mediastinum')
    expect(at(64, 115)).toBe('body')
    expect(at(12, 30)).toBe('outside')
    expect(at(1, 64)).toBe('border')
    expect(at(11, 11)).toBe('markers')
    const corner = zones.pictureLeft.points[11]
    expect(at(Math.round(corner?.x ?? 0) + 1, Math.round(corner?.y ?? 0) - 2)).toBe('costophrenic-picture-left')
  })

  it('finds a framed tag on the body by its straight sides, writing and all, but no frame that is open', () => {
    const markersOn = (sides: readonly ('left' | 'right' | 'top' | 'bottom')[]) => {
      const phantom = chestPhantom()
      const [left, top, right, bottom] = [14, 108, 39, 119]
      for (let y = top; y <= bottom; y++)
        for (let x = left; x <= right; x++) {
          const on = { left: x < left + 2, right: x > right - 2, top: y < top + 2, bottom: y > bottom - 2 }
          if (sides.some((side) => on[side])) phantom.pixels[y * 128 + x] = 235
        }
      const labels = labelMap(phantom, findZones(phantom))
      return (x: number, y: number) => labels[y * 128 + x] === zoneIndex('markers')
    }
    const framed = markersOn(['left', 'right', 'top', 'bottom'])
    expect([framed(15, 109), framed(26, 113), framed(38, 118), framed(60, 113)]).toEqual([true, true, true, false])
    expect(markersOn(['left', 'bottom'])(26, 113)).toBe(false)
  })

  it('does not take a bright thing in the middle of the chest for a marker', () => {
    const inside = chestPhantom({ marker: { x: 62, y: 60 } })
    expect(labelMap(inside, findZones(inside)).includes(zoneIndex('markers'))).toBe(false)
  })

  it('takes a base that fluid hides over from the other side, and says so', () => {
    const film = chestPhantom({ fluid: 88 })
    const found = findZones(film)
    expect(found.pictureLeft.baseExtrapolated).toBe(true)
    expect(found.pictureRight.baseExtrapolated).toBe(false)
    expect(found.sure).toBe(false)
    expect(found.reasons.join(' ')).toMatch(/left of the picture.*taken over from the other side/)
    const lowest = (points: readonly { y: number }[]) => Math.max(...points.map(({ y }) => y))
    expect(Math.abs(lowest(found.pictureLeft.points) - lowest(found.pictureRight.points))).toBeLessThan(6)
  })
})

describe('a picture that may be no chest film', () => {
  const phantom = chestPhantom()
  const doubtOf = (pixels: Uint8Array) => {
    const picture = { ...phantom, pixels }
    const zones = findZones(picture)
    return chestDoubt(picture, zones, labelMap(picture, zones))
  }
  const turned = Uint8Array.from(
    { length: SIDE * SIDE },
    (_, i) => phantom.pixels[(i % SIDE) * SIDE + SIDE - 1 - Math.floor(i / SIDE)] ?? 0,
  )

  it('is not doubted where it is one', () => {
    expect(doubtOf(phantom.pixels)).toBeNull()
  })

  it.each([
    ['turned', turned],
    ['inverted', phantom.pixels.map((level) => 255 - level)],
    ['flat', new Uint8Array(SIDE * SIDE).fill(120)],
  ])('is doubted: %s', (_, pixels) => {
    expect(doubtOf(pixels)).toContain('has no meaning')
  })

  it('says so where lungs are brighter than what lies between them', () => {
    const zones = findZones(phantom)
    const inverted = { ...phantom, pixels: phantom.pixels.map((level) => 255 - level) }
    expect(chestDoubt(inverted, zones, labelMap(phantom, zones))).toContain('brighter')
  })

  it('is not doubted where a reader has placed the outlines', () => {
    const zones = { ...findZones({ ...phantom, pixels: turned }), source: 'corrected' as const }
    expect(chestDoubt({ ...phantom, pixels: turned }, zones, labelMap(phantom, zones))).toBeNull()
  })
})

describe('bits by zone', () => {
  const phantom = chestPhantom()
  const labels = labelMap(phantom, findZones(phantom))
  const rng = seededRng(5)
  const original = Float32Array.from({ length: SIDE * SIDE }, () => 3 * rng.uniform())
  const simplified = original.map((bits) => bits * rng.uniform())
  const rows = bitsByZone(labels, { original, simplified, flatBits: 1000 })
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0)

  it('sums to the whole: pixels, area, bits and shares', () => {
    const total = (map: Float32Array) => map.reduce((all, bits) => all + bits, 0)
    expect(sum(({ pixels }) => pixels)).toBe(SIDE * SIDE)
    expect(sum(({ area }) => area)).toBeCloseTo(1, 10)
    expect(sum(({ bits }) => bits) / total(simplified)).toBeCloseTo(1, 5)
    expect(sum(({ filmBits }) => filmBits) / total(original)).toBeCloseTo(1, 5)
    expect(sum(({ share }) => share ?? NaN)).toBeCloseTo(1, 8)
    expect(sum(({ filmShare }) => filmShare ?? NaN)).toBeCloseTo(1, 8)
  })

  it('is the brute-force sum in one zone', () => {
    const label = zoneIndex('mediastinum')
    let bits = 0
    labels.forEach((other, i) => (bits += other === label ? (simplified[i] ?? 0) : 0))
    expect(rows[label]?.bits).toBeCloseTo(bits, 6)
  })

  it('shares nothing where the picture costs no more than a flat one', () => {
    expect(bitsByZone(labels, { original, simplified, flatBits: 1e9 }).every(({ share }) => share === null)).toBe(true)
  })
})

describe('restricted simplification', () => {
  const labels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i < 300 ? 3 : 1))

  it('keeps a zone, or all but a zone', () => {
    const keep = keptBy({ mode: 'keep', zones: ['lung-picture-left'], mask: null }, labels)
    const only = keptBy({ mode: 'only', zones: ['lung-picture-left'], mask: null }, labels)
    expect(keep.recorded.pixels).toBe(300)
    expect(only.recorded.pixels).toBe(SIDE * SIDE - 300)
    expect(keep.keep.every((kept, i) => kept + (only.keep[i] ?? 0) === 1)).toBe(true)
  })

  it('keeps what was brushed', () => {
    const mask = labels.map((_, i) => (i === 7 ? 1 : 0))
    const { keep, recorded } = keptBy({ mode: 'keep', zones: [], mask }, labels)
    expect(keep.indexOf(1)).toBe(7)
    expect(recorded).toEqual({ mode: 'keep', zones: [], brushed: true, pixels: 1 })
  })

  it.each([
    ['nothing named', { mode: 'keep', zones: [], mask: null }],
    ['both', { mode: 'keep', zones: ['border'], mask: new Uint8Array(16384) }],
    ['a mask of another size', { mode: 'only', zones: [], mask: new Uint8Array(5) }],
    ['no such zone', { mode: 'only', zones: ['heart'], mask: null }],
  ])('refuses %s', (_, payload) => {
    expect(auditRestriction.safeParse(payload).success).toBe(false)
  })
})
