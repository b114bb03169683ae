import { describe, expect, it } from 'vitest'
import { sha256, shortcutAlarm, ZONE_NAMES, type Sha256 } from '../../../contract'
import { calibrationOf } from '../../../main/domain/zones'
import { alarmOf, type AuditedHow } from '../../../main/domain/zones/alarm'

const SIDE = 128
const BORDER = ZONE_NAMES.indexOf('border')
const BODY = ZONE_NAMES.indexOf('body')
const MARKERS = ZONE_NAMES.indexOf('markers')
/** A border of 5 pixels, a marker of 8 × 8 at (100, 20), body elsewhere. */
const labels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
  if (x >= 100 && x < 108 && y >= 20 && y < 28) return MARKERS
  return Math.min(x, y, SIDE - 1 - x, SIDE - 1 - y) < 5 ? BORDER : BODY
})
const original = new Float32Array(SIDE * SIDE).fill(2)
const [flow, otherFlow] = ['a', 'b'].map((digit) => sha256.parse(digit.repeat(64))) as [Sha256, Sha256]
const rates = { threshold: 1, falseAlarmRate: 0.05, audits: 40 }
const calibration = { ...rates, flow }
const how: AuditedHow = {
  ...{ preset: 'standard', objective: 'activation', flow, restricted: false },
  ...{ finished: true, fromFilm: true, decisionKept: true },
}
const map = (bitsOf: (label: number) => number) => Float32Array.from(labels, bitsOf)
const alarm = (simplified: Float32Array) =>
  alarmOf(labels, { original, simplified, flatBits: SIDE * SIDE }, { how, calibration })

describe('the shortcut alarm', () => {
  it('is silent where the picture costs the same everywhere', () => {
    const found = alarm(map(() => 1.5))
    expect(shortcutAlarm.parse(found)).toEqual(found)
    expect(found).toMatchObject({ raised: false, zone: null, place: null })
    expect(found?.peak).toBeCloseTo(0.5, 6)
  })

  it('rings where a marker keeps its bits, and frames the marker', () => {
    const found = alarm(map((label) => (label === MARKERS ? 12 : 1.02)))
    expect(shortcutAlarm.parse(found)).toEqual(found)
    expect(found).toMatchObject({ raised: true, zone: 'markers', ...rates })
    const place = found?.place
    const middle = { x: (place?.x ?? 0) + 12, y: (place?.y ?? 0) + 12 }
    expect(Math.abs(middle.x - 104) + Math.abs(middle.y - 24)).toBeLessThan(8)
  })

  it('rings at the threshold itself, as the films did that set it', () => {
    const maps = { original, simplified: map((label) => (label === MARKERS ? 12 : 1.02)), flatBits: SIDE * SIDE }
    const peak = alarmOf(labels, maps, { how, calibration })?.peak ?? NaN
    const at = (threshold: number) => alarmOf(labels, maps, { how, calibration: { ...calibration, threshold } })?.raised
    expect([at(peak), at(peak + 1e-6)]).toEqual([true, false])
  })

  it('is silent where anatomy keeps more than the rest', () => {
    const inside = (i: number) => i % SIDE > 20 && i % SIDE < 80 && i > 40 * SIDE && i < 100 * SIDE
    expect(alarm(Float32Array.from(labels, (_, i) => (inside(i) ? 9 : 1.1)))?.raised).toBe(false)
  })

  it('is read from records of earlier versions, which kept the share outside anatomy too', () => {
    const found = { ...alarm(map(() => 1.5)), share: 0.2 }
    expect(shortcutAlarm.parse(found)).toEqual(found)
  })

  it('says nothing without a calibration, nor on an audit that it does not hold for', () => {
    const maps = { original, simplified: original, flatBits: 1 }
    expect(alarmOf(labels, maps, { how, calibration: null })).toBeNull()
    const others = [
      { preset: 'quick' },
      { objective: 'gradient' },
      { restricted: true },
      { flow: otherFlow },
      { finished: false },
      { fromFilm: false },
      { decisionKept: false },
    ] as const
    for (const other of others) expect(alarmOf(labels, maps, { how: { ...how, ...other }, calibration })).toBeNull()
  })
})

describe('its calibration', () => {
  it('is the 95th percentile, with its own rate of false alarms', () => {
    const values = Array.from({ length: 40 }, (_, i) => 1 + i / 40)
    const found = calibrationOf(values)
    expect(found?.threshold).toBe(1 + 37 / 40)
    expect(found?.falseAlarmRate).toBe(3 / 40)
    expect(found?.audits).toBe(40)
  })

  it('is not made of a handful of films', () => {
    expect(calibrationOf([1, 2, 3])).toBeNull()
  })
})
