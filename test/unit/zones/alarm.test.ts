import { describe, expect, it } from 'vitest'
import { sha256, shortcutAlarm, ZONE_NAMES, zoneReport, type Sha256 } from '../../../contract'
import { calibrationOf, findZones } from '../../../main/domain/zones'
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
const [flow, otherFlow] = ['a', 'b'].map((digit) => sha256.parse(digit.repeat(64))) as [Sha256, Sha256]
const rates = { threshold: 0.3, cheating: { audits: 40, rang: 38 }, clean: { audits: 30, rang: 1 } }
const calibration = { ...rates, flow }
const how: AuditedHow = {
  ...{ preset: 'standard', objective: 'activation', flow, restricted: false },
  ...{ finished: true, fromFilm: true, decisionKept: true },
}
const map = (shareOf: (label: number) => number) => Uint8Array.from(labels, (label) => 255 * shareOf(label))
const alarm = (fineDetail: Uint8Array) => alarmOf(labels, { fineDetail }, { how, calibration })

describe('the shortcut alarm', () => {
  it('is silent where little fine detail is left anywhere', () => {
    const found = alarm(map(() => 0.2))
    expect(shortcutAlarm.parse(found)).toEqual(found)
    expect(found).toMatchObject({ raised: false, zone: null, place: null })
    expect(found?.peak).toBe(0.2)
  })

  it('rings where a marker keeps its edges, and frames the marker', () => {
    const found = alarm(map((label) => (label === MARKERS ? 0.8 : 0.02)))
    expect(shortcutAlarm.parse(found)).toEqual(found)
    expect(found).toMatchObject({ raised: true, peak: 0.8, zone: 'markers', ...rates })
    const place = found?.place
    const middle = { x: (place?.x ?? 0) + 12, y: (place?.y ?? 0) + 12 }
    expect(Math.abs(middle.x - 104) + Math.abs(middle.y - 24)).toBeLessThan(8)
  })

  it('has a figure and a place where it rings, and else no place', () => {
    const raised = alarm(map(() => 0.8))
    const rests = alarm(map(() => 0.2))
    expect(shortcutAlarm.safeParse({ ...raised, peak: null }).success).toBe(false)
    expect(shortcutAlarm.safeParse({ ...raised, place: null }).success).toBe(false)
    expect(shortcutAlarm.safeParse({ ...rests, peak: null }).success).toBe(true)
    expect(shortcutAlarm.safeParse({ ...rests, zone: 'border' }).success).toBe(false)
    const inside = new Uint8Array(SIDE * SIDE).fill(BODY)
    expect(alarmOf(inside, { fineDetail: inside }, { how, calibration })).toMatchObject({ raised: false, peak: null })
  })

  it('rings at the threshold itself, as the films did that set it', () => {
    const maps = { fineDetail: map((label) => (label === MARKERS ? 0.8 : 0.02)) }
    const peak = alarmOf(labels, maps, { how, calibration })?.peak ?? NaN
    const at = (threshold: number) => alarmOf(labels, maps, { how, calibration: { ...calibration, threshold } })?.raised
    expect([at(peak), at(peak + 1e-6)]).toEqual([true, false])
  })

  it('is silent where anatomy keeps more than the rest', () => {
    const inside = (i: number) => i % SIDE > 20 && i % SIDE < 80 && i > 40 * SIDE && i < 100 * SIDE
    expect(alarm(Uint8Array.from(labels, (_, i) => (inside(i) ? 250 : 20)))?.raised).toBe(false)
  })

  it('of an earlier version, which went by bits, reads as not judged', () => {
    const former = {
      raised: true,
      peak: 1.7,
      threshold: 1.61,
      falseAlarmRate: 0.07,
      audits: 42,
      zone: null,
      place: null,
    }
    const grey = { pixels: new Uint8Array(SIDE * SIDE), box: { x: 0, y: 0, width: SIDE, height: SIDE } }
    const report = { zones: findZones(grey), bits: [], alarm: former }
    expect(zoneReport.parse(report).alarm).toBeNull()
    expect(zoneReport.safeParse({ ...report, alarm: { ...former, measure: 'other' } }).success).toBe(false)
  })

  it('says nothing without a calibration, nor on an audit that it does not hold for', () => {
    const maps = { fineDetail: map(() => 0.2) }
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
    expect(alarmOf(labels, {}, { how, calibration })).toBeNull()
    for (const other of others) expect(alarmOf(labels, maps, { how: { ...how, ...other }, calibration })).toBeNull()
  })
})

describe('its calibration', () => {
  it('rings on 95 of 100 audits of classifiers that cheat, and counts on how many of clean ones', () => {
    const cheating = Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40)
    const clean = [...Array.from({ length: 19 }, () => 0.01), 0.9]
    expect(calibrationOf({ cheating, clean })).toEqual({
      ...{ threshold: 0.06, cheating: { audits: 40, rang: 38 }, clean: { audits: 20, rang: 1 } },
    })
  })

  it('is not made of a handful of films', () => {
    const many = Array.from({ length: 20 }, () => 0.5)
    expect(calibrationOf({ cheating: [0.1, 0.2], clean: many })).toBeNull()
    expect(calibrationOf({ cheating: many, clean: [0.1, 0.2] })).toBeNull()
  })
})
