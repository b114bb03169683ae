import { describe, expect, it } from 'vitest'
import { bitsByZone, type CaseId, type Zones } from '../../../contract'
import { zonedRecord } from '../../../main/app/worklist'
import { ALARM_CALIBRATION } from '../../../main/domain/zones/alarm'
import type { StoredAudit } from '../../../main/ports'
import { ask } from '../../support/ask'
import { exampleAudit } from '../../support/exampleCase'
import { until } from '../../support/processes'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

const choice = { preset: 'quick', objective: 'activation', seed: 1, repeat: false, confirmed: false } as const

it('the flat picture’s map and the detail left go with an audit: into its figures by zone, into the store, to the window', async () => {
  const { workstation, script, events } = await scriptedWorkstation(temporaryFolder())
  const [caseId] = (await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })).added as [CaseId]
  await ask(workstation, 'startAudit', { caseId, ...choice })
  await until(() => script.audits.length > 0)
  // of the two stops that the scripted engine keeps
  script.audits[0]?.finish({ simplified: { ...exampleAudit(1).record.simplified, frame: 1 } })
  await until(() => events.some(({ type }) => type === 'auditDone'))
  const film = await ask(workstation, 'frame', { caseId, frame: -1 })
  const { flatMap } = film
  expect(flatMap?.[0]).toBeCloseTo(0.7, 6)
  expect(flatMap?.at(-1)).toBeCloseTo(0.4, 6)

  const { labels, zones, report } = await ask(workstation, 'zones', { caseId })
  const flatBits = (await ask(workstation, 'openCase', { caseId })).audit?.flatBits ?? NaN
  const detail = new Uint8Array(film.map.length).fill(51)
  const maps = { original: film.map, simplified: film.map.map(() => 1), flatBits, detail }
  expect(report?.bits).toEqual(bitsByZone(labels, { ...maps, flat: flatMap }))
  expect(report?.bits).not.toEqual(bitsByZone(labels, maps))
  // corrected outlines change nothing of it
  const { report: saved } = await ask(workstation, 'saveZones', { caseId, zones: { ...zones, source: 'corrected' } })
  expect(saved?.bits).toEqual(report?.bits)
  await workstation.close()
})

describe('an audit zoned again', () => {
  const outline = { points: Array.from({ length: 6 }, (_point, i) => ({ x: 20 + i, y: 30 + (i % 3) })) }
  const lung = { ...outline, confidence: 1, baseExtrapolated: false }
  const zones: Zones = {
    ...{ version: 'zones/1', source: 'corrected', sure: true, reasons: [] },
    ...{ pictureLeft: lung, pictureRight: lung },
  }
  const zoned = (audit: StoredAudit) =>
    zonedRecord(audit, { zones, labels: new Uint8Array(128 * 128), chestDoubt: null }).zones

  it('may be of an earlier version, which kept no map of the flat picture', () => {
    expect(zoned({ ...exampleAudit(1), flatMap: undefined })?.bits[0]?.area).toBe(1)
  })

  it('has its alarm by the fine detail left, and none where an earlier version kept no map of that', () => {
    const { record, ...maps } = exampleAudit(1)
    const { flow } = ALARM_CALIBRATION ?? {}
    if (flow === undefined) throw new Error('the alarm is set')
    const how = { preset: 'standard', objective: 'activation', stopped: 'finished', decisionKept: true } as const
    const settings = { ...record.settings, start: 'film' }
    const audit = { ...maps, record: { ...record, ...how, settings, flow: { ...record.flow, sha256: flow } } }
    expect(zoned({ ...audit, fineDetail: new Uint8Array(128 * 128).fill(51) })?.alarm?.peak).toBe(0.2)
    expect(zoned({ ...audit, fineDetail: undefined })?.alarm).toBeNull()
  })
})
