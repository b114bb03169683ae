import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SimpleBitsError, workstationEvent, type CaseId } from '../../../contract'
import type { Workstation } from '../../../main/app'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

const importing = (workstation: Workstation, ...paths: string[]) => ask(workstation, 'importFiles', { paths })
const audit = (caseId: CaseId, seed = 0, confirmed = false) =>
  ({ caseId, preset: 'quick', objective: 'activation', seed, repeat: false, confirmed }) as const

async function withFilms(count: number) {
  const all = await scriptedWorkstation(temporaryFolder())
  const paths = Array.from({ length: count }, (_, i) => `/films/film-${i + 1}.dcm`)
  const { added } = await importing(all.workstation, ...paths)
  return { ...all, ids: added }
}

describe('importing', () => {
  it('adds films once, asks the classifier, names what is broken', async () => {
    const { workstation, events } = await scriptedWorkstation(temporaryFolder())
    const first = await importing(workstation, '/a/film-1.dcm', '/a/broken.dcm', '/a/film-2.dcm', '/b/film-1.dcm')
    expect(first).toMatchObject({ added: [expect.any(String), expect.any(String)], alreadyThere: 1 })
    expect(first.failed).toEqual([{ file: '/a/broken.dcm', error: { code: 'DICOM_CORRUPT', message: 'damaged' } }])
    expect(await importing(workstation, '/a/film-2.dcm')).toMatchObject({ added: [], alreadyThere: 1 })
    const cases = await ask(workstation, 'listCases', null)
    expect(cases.map(({ status, probability, decision }) => ({ status, probability, decision }))).toEqual(
      Array.from({ length: 2 }, () => ({ status: 'ready', probability: 0.75, decision: true })),
    )
    for (const event of events) expect(workstationEvent.safeParse(event).error).toBeUndefined()
    await workstation.close()
  })

  it('knows a film again by its SOP instance, though the file was written anew', async () => {
    const { workstation } = await scriptedWorkstation(temporaryFolder())
    await importing(workstation, '/a/film-1.dcm', '/a/film-2.dcm')
    expect(await importing(workstation, '/b/recoded-1.dcm')).toMatchObject({ added: [], alreadyThere: 1 })
    await workstation.close()
  })

  it('tells what the file says of who and when, and brings films of one patient together without the id', async () => {
    const { workstation } = await scriptedWorkstation(temporaryFolder())
    await importing(workstation, '/a/film-1.dcm', '/a/film-2.dcm')
    const [first, second] = await ask(workstation, 'listCases', null)
    expect(first).toMatchObject({ sex: 'F', age: 58, view: 'PA', studyDate: '19990131' })
    expect(first?.patientKey).toMatch(/^[0-9a-f]{64}$/)
    expect(second?.patientKey).toBe(first?.patientKey)
    await workstation.close()
  })

  it('finds the films of a table’s patients, whose ids it has hashed at import', async () => {
    const root = temporaryFolder()
    const file = join(root, 'labels.csv')
    await writeFile(file, 'patient,date,report\nTESTID-4711,1999-01-31,effusion\nOTHER,1999-01-31,effusion\n')
    const dialogs = { openFiles: async () => [file], saveFile: async () => null, showInFolder: async () => undefined }
    const { workstation } = await scriptedWorkstation(root, { dialogs })
    await importing(workstation, '/a/film-1.dcm')
    await ask(workstation, 'reviewPickTable', null)
    const match = { by: 'patient', column: 'patient', dateColumn: 'date' } as const
    await ask(workstation, 'reviewApplyLabels', {
      match,
      labelColumn: 'report',
      effusion: ['effusion'],
      noEffusion: [],
    })
    const [film] = await ask(workstation, 'listCases', null)
    expect(film?.reportLabel).toBe('effusion')
    await workstation.close()
  })

  it('survives a restart, with labels and findings; a wrong decision shows once the label is known', async () => {
    const root = temporaryFolder()
    const { workstation } = await scriptedWorkstation(root)
    const { added } = await importing(workstation, '/a/film-1.dcm')
    const [caseId] = added
    if (!caseId) throw new Error('nothing was added')
    expect(await ask(workstation, 'setReportLabel', { caseId, label: 'no effusion' })).toMatchObject({
      misclassified: true,
    })
    const finding = { effusion: null, size: null, agrees: null, reasons: [], text: 'look again' }
    await ask(workstation, 'reviewSave', { caseId, reader: 'A', finding })
    await workstation.close()
    const { workstation: next } = await scriptedWorkstation(root)
    expect(await ask(next, 'openCase', { caseId })).toMatchObject({
      summary: { misclassified: true },
    })
    expect(await ask(next, 'reviewFindings', { caseId, reader: 'A' })).toMatchObject({ own: [{ finding }] })
    await ask(next, 'removeCase', { caseId })
    expect(await ask(next, 'listCases', null)).toEqual([])
    await expect(ask(next, 'openCase', { caseId })).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' })
    await next.close()
  })
})

describe('the queue of audits', () => {
  it('runs them one at a time, in order, and keeps each result', async () => {
    const { workstation, script, events, ids } = await withFilms(3)
    for (const [i, id] of ids.entries()) await ask(workstation, 'startAudit', audit(id, i))
    for (let i = 0; i < 3; i++) {
      await until(() => script.audits.length === i + 1)
      expect(script.audits[i]?.request.seed).toBe(i)
      script.audits[i]?.finish()
    }
    await until(() => events.filter(({ type }) => type === 'auditDone').length === 3)
    const detail = await ask(workstation, 'openCase', { caseId: ids[1] as CaseId })
    expect(detail).toMatchObject({ summary: { status: 'audited' }, audit: { seed: 1 } })
    expect((await ask(workstation, 'frame', { caseId: ids[1] as CaseId, frame: 1 })).map).toHaveLength(128 * 128)
    expect((await ask(workstation, 'frame', { caseId: ids[1] as CaseId, frame: -1 })).map[0]).toBe(2)
    await expect(ask(workstation, 'frame', { caseId: ids[1] as CaseId, frame: 2 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    await workstation.close()
  })

  it('takes a waiting one out, tells the running one to end, and refuses a second one for the same film', async () => {
    const { workstation, script, events, ids } = await withFilms(2)
    const [first, second] = ids as [CaseId, CaseId]
    await ask(workstation, 'startAudit', audit(first))
    await ask(workstation, 'startAudit', audit(second))
    await expect(ask(workstation, 'startAudit', audit(first))).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await until(() => script.audits.length === 1)
    await ask(workstation, 'cancelAudit', { caseId: second })
    expect(events.at(-1)).toMatchObject({ type: 'auditFailed', caseId: second, error: { code: 'CANCELLED' } })
    await ask(workstation, 'cancelAudit', { caseId: first })
    expect(script.audits[0]?.options.signal?.aborted).toBe(true)
    script.audits[0]?.finish()
    await until(() => events.some(({ type }) => type === 'auditDone'))
    expect(script.audits).toHaveLength(1)
    expect((await ask(workstation, 'listCases', null)).map(({ status }) => status)).toEqual(['audited', 'ready'])
    await workstation.close()
  })

  it('waits while the engine is dead: only the running audit is lost', async () => {
    const { workstation, script, events, ids } = await withFilms(2)
    const [first, second] = ids as [CaseId, CaseId]
    await ask(workstation, 'startAudit', audit(first))
    await ask(workstation, 'startAudit', audit(second))
    await until(() => script.audits.length === 1)
    script.die()
    script.audits[0]?.fail(new SimpleBitsError('ENGINE_DIED', 'gone'))
    await until(() => events.some(({ type }) => type === 'auditFailed'))
    // its turn would have come with the end of the first one
    expect((await ask(workstation, 'listCases', null)).map(({ status }) => status)).toEqual(['failed', 'queued'])
    expect(script.audits).toHaveLength(1)
    await ask(workstation, 'restartEngine', null)
    await until(() => script.audits.length === 2)
    script.audits[1]?.finish()
    await until(() => events.some(({ type }) => type === 'auditDone'))
    await workstation.close()
  })

  it('asks before a film that is no chest radiograph', async () => {
    const { workstation, script } = await scriptedWorkstation(temporaryFolder())
    const { added } = await importing(workstation, '/a/ct-9.dcm')
    const id = added[0] as CaseId
    await expect(ask(workstation, 'startAudit', audit(id))).rejects.toMatchObject({ code: 'WRONG_MODALITY' })
    await ask(workstation, 'startAudit', audit(id, 0, true))
    await until(() => script.audits.length === 1)
    await workstation.close()
  })

  it('forgets an audit whose case is removed meanwhile', async () => {
    const { workstation, script, events, ids } = await withFilms(2)
    const [removed, next] = ids as [CaseId, CaseId]
    for (const id of [removed, next]) await ask(workstation, 'startAudit', audit(id))
    await until(() => script.audits.length === 1)
    await ask(workstation, 'removeCase', { caseId: removed })
    script.audits[0]?.finish()
    // the next one's turn comes when nothing more will be told of it
    await until(() => script.audits.length === 2)
    expect(events.map(({ type }) => type)).not.toContain('auditDone')
    expect(events.map(({ type }) => type)).not.toContain('auditFailed')
    expect((await ask(workstation, 'listCases', null)).map(({ id }) => id)).toEqual([next])
    await workstation.close()
  })
})

describe('settings and reports', () => {
  it('keeps settings; a new backend restarts the engine with it', async () => {
    const root = temporaryFolder()
    const chosen: string[] = []
    const { workstation, events } = await scriptedWorkstation(root, {
      chooseBackend: (backend) => chosen.push(backend),
    })
    await ask(workstation, 'setSettings', { reader: 'Dr. Test', backend: 'wasm' })
    await until(() => events.filter(({ type }) => type === 'engine').length >= 1)
    expect(chosen).toEqual(['auto', 'wasm'])
    await workstation.close()
    const { workstation: next } = await scriptedWorkstation(root)
    expect(await ask(next, 'getSettings', null)).toMatchObject({
      reader: 'Dr. Test',
      backend: 'wasm',
      preset: 'standard',
    })
    await next.close()
  })

  it('exports only what was audited, and only where the user says', async () => {
    const saved: string[] = []
    const dialogs = {
      openFiles: async () => null,
      saveFile: async ({ suggestedName }: { suggestedName: string }) => (
        saved.push(suggestedName),
        saved.length > 1 ? '/out/r.pdf' : null
      ),
      showInFolder: async () => undefined,
    }
    const { workstation, script, events } = await scriptedWorkstation(temporaryFolder(), { dialogs })
    const caseId = (await importing(workstation, '/a/film-1.dcm')).added[0] as CaseId
    const exporting = () => ask(workstation, 'exportReport', { caseId, identification: 'pseudonym' })
    await expect(exporting()).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await ask(workstation, 'startAudit', audit(caseId))
    await until(() => script.audits.length === 1)
    script.audits[0]?.finish()
    await until(() => events.some(({ type }) => type === 'auditDone'))
    expect(await exporting()).toBeNull()
    expect(await exporting()).toEqual({ path: '/out/r.pdf' })
    expect(saved[0]).not.toContain('film')
    await workstation.close()
  })
})
