import { expect, it } from 'vitest'
import { ZONE_TITLES, type ShortcutAlarm, type ZoneBits, type Zones } from '../../../contract'
import { zoneLines } from '../../../main/domain/report/zoneLines'
import { exampleAlarm, exampleRest } from '../../support/exampleAlarm'
import { exampleRecord } from '../../support/exampleReport'

const points = Array.from({ length: 6 }, () => ({ x: 0, y: 0 }))
const outline = { points, confidence: 1, baseExtrapolated: false }
const zones: Zones = {
  ...{ version: 'zones/1', source: 'automatic', pictureLeft: outline, pictureRight: outline },
  ...{ sure: true, reasons: [] },
}
const row: ZoneBits = { zone: 'border', pixels: 10, area: 0.1, bits: 100, filmBits: 300, share: 0.25, filmShare: 0.75 }

function rowsOf(...bits: ZoneBits[]) {
  const record = exampleRecord({ zones: { zones, bits, alarm: null } })
  return zoneLines(record, { orientation: null })?.rows
}

it('the share of what was kept and the film’s own stand in their own columns', () => {
  expect(rowsOf(row)).toEqual([
    { name: ZONE_TITLES.border, bits: '100', share: '25 %', filmShare: '75 %', area: '10 %' },
  ])
})

it('detail left is told zone by zone, and not at all of audits that did not measure it', () => {
  expect(rowsOf({ ...row, detail: 0.124 })).toMatchObject([{ detail: '12 %' }])
  expect(rowsOf({ ...row, detail: null })).toMatchObject([{ detail: '–' }])
  expect(rowsOf(row)?.[0]).not.toHaveProperty('detail')
})

it('a share of nothing is a dash, of either by itself', () => {
  expect(rowsOf({ ...row, share: null })).toMatchObject([{ share: '–', filmShare: '75 %' }])
  expect(rowsOf({ ...row, filmShare: null })).toMatchObject([{ share: '25 %', filmShare: '–' }])
})

it('a reader of the paper alone is told when the alarm rings and on what it was set, and not where nothing was judged', () => {
  const notes = (alarm: ShortcutAlarm | null) =>
    zoneLines(exampleRecord({ zones: { zones, bits: [row], alarm } }), { orientation: null }).notes.join(' ')
  for (const alarm of [exampleAlarm(), exampleRest()]) {
    expect(notes(alarm)).toContain('The alarm rings where 30\u00a0% or more of the film’s fine structure')
    expect(notes(alarm)).toContain('in 120 of 126 with classifiers that read a planted sign')
    expect(notes(alarm)).toContain('No alarm is no proof')
  }
  expect(notes(null)).not.toContain('alarm')
})
