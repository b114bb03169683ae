import { describe, expect, it } from 'vitest'
import type { CallParams, CaseId, Zones } from '../../../contract'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

async function withFilm() {
  const root = temporaryFolder()
  const all = await scriptedWorkstation(root)
  const { workstation, script, events } = all
  const [caseId] = (await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })).added as [CaseId]
  const choice = { preset: 'quick', objective: 'activation', repeat: false, confirmed: false } as const
  const begun = async (seed: number, part: 'all' | 'markers' = 'all') => {
    const before = script.audits.length
    const restriction: CallParams<'startAudit'>['restriction'] =
      part === 'all' ? null : { mode: 'only', zones: [part], mask: null }
    await ask(workstation, 'startAudit', { caseId, ...choice, seed, restriction })
    await until(() => script.audits.length > before)
    return script.audits[before]
  }
  const ended = async (type: 'auditDone' | 'auditFailed') => {
    await until(() => events.some((event) => event.type === type))
    return events.splice(0).find((event) => event.type === type)
  }
  const recordOf = async () => (await ask(workstation, 'openCase', { caseId })).audit
  return { ...all, caseId, begun, ended, recordOf, root }
}

describe('an audit that is cut off', () => {
  it.each(['all', 'markers'] as const)('leaves a finished one of %s in its place, and says so', async (part) => {
    const { workstation, begun, ended, recordOf, caseId } = await withFilm()
    ;(await begun(1, part))?.finish()
    await ended('auditDone')
    const again = await begun(2)
    await ask(workstation, 'cancelAudit', { caseId })
    again?.finish({ stopped: 'cancelled' })
    expect(await ended('auditFailed')).toMatchObject({ error: { code: 'CANCELLED', message: /is kept/ } })
    expect(await recordOf()).toMatchObject({ seed: 1, stopped: 'finished' })
    const [film] = await ask(workstation, 'listCases', null)
    expect(film).toMatchObject({ status: 'audited', error: null })
    await workstation.close()
  })

  it('takes the place of none, and of another one that was cut off', async () => {
    const { workstation, begun, ended, recordOf } = await withFilm()
    for (const seed of [1, 2]) {
      ;(await begun(seed))?.finish({ stopped: 'cancelled' })
      await ended('auditDone')
      expect(await recordOf()).toMatchObject({ seed, stopped: 'cancelled' })
    }
    await workstation.close()
  })
})

describe('outlines that are corrected while a film is audited', () => {
  const corrected = ({ pictureLeft, ...zones }: Zones): Zones => {
    const points = pictureLeft.points.map(({ x, y }) => ({ x, y: y + 3 }))
    return { ...zones, source: 'corrected', pictureLeft: { ...pictureLeft, points } }
  }

  it('are those of the audit’s record', async () => {
    const { workstation, begun, ended, recordOf, caseId } = await withFilm()
    const { zones: found } = await ask(workstation, 'zones', { caseId })
    const zones = corrected(found)
    const running = await begun(1)
    expect((await ask(workstation, 'saveZones', { caseId, zones })).report).toBeNull()
    running?.finish()
    const done = await ended('auditDone')
    expect(done).toMatchObject({ record: { seed: 1, zones: { zones } } })
    expect((await recordOf())?.zones).toEqual(done?.type === 'auditDone' ? done.record.zones : null)
    await workstation.close()
  })

  it('change the record of the audit before, and take neither audit away', async () => {
    const { workstation, begun, ended, recordOf, caseId } = await withFilm()
    ;(await begun(1))?.finish()
    await ended('auditDone')
    const { zones: found } = await ask(workstation, 'zones', { caseId })
    const zones = corrected(found)
    const running = await begun(2)
    const { report } = await ask(workstation, 'saveZones', { caseId, zones })
    expect(await recordOf()).toMatchObject({ seed: 1, zones: report })
    running?.finish()
    await ended('auditDone')
    expect(await recordOf()).toMatchObject({ seed: 2, zones: { zones } })
    expect((await ask(workstation, 'frame', { caseId, frame: 1 })).map).toHaveLength(128 * 128)
    await workstation.close()
  })
})

it('the progress of an audit is passed on as the engine tells it', async () => {
  const { workstation, begun, ended, events, caseId } = await withFilm()
  const running = await begun(1)
  const progress = { done: 2, total: 8, secondsLeft: 12, note: 'step 2 of 8' }
  running?.options.onEvent?.({ kind: 'progress', progress })
  expect(events).toContainEqual({ type: 'auditProgress', caseId, progress })
  running?.finish()
  await ended('auditDone')
  await workstation.close()
})
