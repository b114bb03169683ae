import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { SimpleBitsError, workstationEvent, type BatchState, type CaseId, type Finding } from '../../../contract'
import { resultFiles } from '../../../main/adapters/files'
import { openLibsqlStore } from '../../../main/adapters/store'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { quietLogger } from '../../support/quietLogger'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

async function withFilms(names: readonly string[], changes = {}) {
  const root = temporaryFolder()
  const all = await scriptedWorkstation(root, changes)
  const { added } = await ask(all.workstation, 'importFiles', { paths: names.map((name) => `/films/${name}.dcm`) })
  return { ...all, root, ids: added }
}

const answer: Finding = { effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'], text: 'tube' }
const queue = (caseIds: CaseId[]) =>
  ({ queue: 'unaudited', caseIds, preset: 'quick', objective: 'activation', seed: 0 }) as const

describe('a reader’s finding', () => {
  it('grows as a draft, is given, and is changed later without losing what was said', async () => {
    const { workstation, ids } = await withFilms(['film-1'])
    const at = { caseId: ids[0] as CaseId, reader: 'A' }
    const empty: Finding = { effusion: null, size: null, agrees: null, reasons: [], text: '' }
    expect((await ask(workstation, 'reviewSave', { ...at, finding: empty })).own).toEqual([])
    await ask(workstation, 'reviewSave', { ...at, finding: { ...empty, effusion: 'left' } })
    expect((await ask(workstation, 'reviewSave', { ...at, finding: answer })).own).toMatchObject([{ state: 'draft' }])
    const [before] = await ask(workstation, 'listCases', null)
    expect(before).toMatchObject({ readBy: [], queues: ['unaudited'] })
    await ask(workstation, 'reviewGive', { ...at, finding: answer })
    expect((await ask(workstation, 'listCases', null))[0]).toMatchObject({
      readBy: ['A'],
      queues: ['unaudited', 'done'],
    })
    await ask(workstation, 'reviewGive', { ...at, finding: answer })
    const changed = await ask(workstation, 'reviewGive', { ...at, finding: { ...answer, size: 'large' } })
    expect(changed.own.map(({ number, state, finding }) => [number, state, finding.size])).toEqual([
      [1, 'given', 'small'],
      [2, 'given', 'large'],
    ])
    await workstation.close()
  })

  it('is hidden from another reader, for whom the film is still to be read, until that one has given theirs', async () => {
    const { workstation, ids } = await withFilms(['film-1'])
    const caseId = ids[0] as CaseId
    await ask(workstation, 'setSettings', { reader: 'A' })
    await ask(workstation, 'setReportLabel', { caseId, label: 'no effusion' })
    await ask(workstation, 'reviewGive', { caseId, reader: 'A', finding: answer })
    const queues = async () => (await ask(workstation, 'listCases', null))[0]?.queues
    expect(await queues()).toEqual(['unaudited', 'done'])
    await ask(workstation, 'setSettings', { reader: 'B' })
    expect(await queues()).toEqual(['false-positive', 'unaudited'])
    const hidden = await ask(workstation, 'reviewFindings', { caseId, reader: 'B' })
    expect(hidden).toEqual({ own: [], others: [{ reader: 'A', findings: null }] })
    const shown = await ask(workstation, 'reviewGive', {
      caseId,
      reader: 'B',
      finding: { ...answer, agrees: 'yes', reasons: [] },
    })
    expect(shown.others[0]?.findings).toMatchObject([{ finding: answer }])
    await expect(ask(workstation, 'reviewTakeBack', { caseId, reader: 'B' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect(await ask(workstation, 'reviewReaders', null)).toEqual(['A', 'B'])
    await workstation.close()
  })

  it('can be taken back at once, and is then a draft', async () => {
    const { workstation, ids } = await withFilms(['film-1'])
    const at = { caseId: ids[0] as CaseId, reader: 'A' }
    await ask(workstation, 'reviewGive', { ...at, finding: answer })
    expect((await ask(workstation, 'reviewTakeBack', at)).own).toMatchObject([
      { number: 1, state: 'draft', finding: answer },
    ])
    expect((await ask(workstation, 'listCases', null))[0]?.readBy).toEqual([])
    await workstation.close()
  })

  it('goes into the table of all findings, without the file’s name', async () => {
    const target = join(temporaryFolder(), 'findings.csv')
    const dialogs = { openFiles: async () => null, saveFile: async () => target, showInFolder: async () => undefined }
    const { workstation, ids } = await withFilms(['film-1', 'film-2'], { dialogs, results: resultFiles })
    await expect(ask(workstation, 'reviewExport', null)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await ask(workstation, 'reviewGive', { caseId: ids[0] as CaseId, reader: 'A', finding: answer })
    expect(await ask(workstation, 'reviewExport', null)).toEqual({ path: target })
    const text = await readFile(target, 'utf8')
    expect(text).toMatch(
      /^film,.*\r\nSB-[^,]+,,A,[^,]+,yes,left,small,no,effusion-128,a{64},0\.75,0\.5,effusion,device,tube,Research use only[^,]+\r\n$/,
    )
    expect(text).not.toContain('film-1')
    await workstation.close()
  })
})

describe('the audit of a queue', () => {
  it('takes one film after the other, leaves out what must be confirmed, and outlives the engine', async () => {
    const { workstation, script, events, ids } = await withFilms(['film-1', 'ct-2', 'film-3', 'film-4'])
    await ask(workstation, 'reviewBatchStart', queue(ids))
    await expect(ask(workstation, 'reviewBatchStart', queue(ids))).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await until(() => script.audits.length === 1)
    expect((await ask(workstation, 'listCases', null)).map(({ status }) => status)).toEqual([
      ...['auditing', 'ready', 'ready', 'ready'],
    ])
    script.audits[0]?.finish()
    await until(() => script.audits.length === 2)
    script.die()
    script.audits[1]?.fail(new SimpleBitsError('ENGINE_DIED', 'gone'))
    await until(() => last(events)?.state === 'waiting')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(script.audits).toHaveLength(2)
    await ask(workstation, 'restartEngine', null)
    await until(() => script.audits.length === 3)
    expect(last(events)).toMatchObject({ state: 'running', done: 1, skipped: 1, failed: 0, current: ids[2] })
    script.audits[2]?.finish()
    await until(() => script.audits.length === 4)
    script.audits[3]?.fail(new SimpleBitsError('INTERNAL', 'no'))
    await until(() => last(events)?.state === 'finished')
    expect(last(events)).toMatchObject({ total: 4, done: 2, skipped: 1, failed: 1, current: null })
    for (const event of events) expect(workstationEvent.safeParse(event).error).toBeUndefined()
    await workstation.close()
  })

  it('stops after the running film, or at once, and keeps what is done', async () => {
    const { workstation, script, events, ids } = await withFilms(['film-1', 'film-2', 'film-3'])
    await ask(workstation, 'reviewBatchStart', queue(ids))
    await until(() => script.audits.length === 1)
    await ask(workstation, 'reviewBatchStop', { now: false })
    expect(script.audits[0]?.options.signal?.aborted).toBe(false)
    script.audits[0]?.finish()
    await until(() => last(events)?.state === 'stopped')
    expect(last(events)).toMatchObject({ done: 1, skipped: 0, failed: 0 })
    await ask(workstation, 'reviewBatchStart', queue(ids.slice(1)))
    await until(() => script.audits.length === 2)
    await ask(workstation, 'reviewBatchStop', { now: true })
    expect(script.audits[1]?.options.signal?.aborted).toBe(true)
    script.audits[1]?.fail(new SimpleBitsError('CANCELLED', 'cancelled'))
    await until(() => last(events)?.state === 'stopped' && last(events)?.total === 2)
    expect((await ask(workstation, 'listCases', null)).map(({ status }) => status)).toEqual([
      'audited',
      'ready',
      'ready',
    ])
    await workstation.close()
  })
})

describe('labels from a table', () => {
  it('are read, previewed, set and set back', async () => {
    const table = join(temporaryFolder(), 'labels.csv')
    writeFileSync(table, '\ufefffile;label\r\nfilm-1.dcm;Effusion\r\nFILM-2;No Finding\r\nother;Effusion\r\n')
    const dialogs = { openFiles: async () => [table], saveFile: async () => null, showInFolder: async () => undefined }
    const { workstation, ids } = await withFilms(['film-1', 'film-2'], { dialogs })
    await ask(workstation, 'setReportLabel', { caseId: ids[1] as CaseId, label: 'effusion' })
    const mapping = (await ask(workstation, 'reviewPickTable', null))?.proposal
    if (!mapping) throw new Error('nothing was proposed')
    expect(await ask(workstation, 'reviewMatchLabels', mapping)).toMatchObject({
      ...{ films: 2, effusion: 1, noEffusion: 1, changed: 2, overwritten: 1, rowsWithoutFilm: 1 },
    })
    const labels = async () => (await ask(workstation, 'listCases', null)).map(({ reportLabel }) => reportLabel)
    expect(await labels()).toEqual([null, 'effusion'])
    const before = await ask(workstation, 'reviewApplyLabels', mapping)
    expect(await labels()).toEqual(['effusion', 'no effusion'])
    await ask(workstation, 'reviewSetLabels', { labels: before })
    expect(await labels()).toEqual([null, 'effusion'])
    await workstation.close()
  })

  it('are set all of them or none, in one write', async () => {
    const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
    const saveCases = vi.spyOn(store, 'saveCases')
    const { workstation, ids } = await withFilms(['film-1', 'film-2', 'film-3'], { store })
    saveCases.mockClear()
    const all = ids.map((caseId) => ({ caseId, label: 'effusion' as const }))
    const labels = async () => (await ask(workstation, 'listCases', null)).map(({ reportLabel }) => reportLabel)
    saveCases.mockRejectedValueOnce(new SimpleBitsError('WRITE_FAILED', 'the disk is full'))
    await expect(ask(workstation, 'reviewSetLabels', { labels: all })).rejects.toMatchObject({ code: 'WRITE_FAILED' })
    expect(await labels()).toEqual([null, null, null])
    await ask(workstation, 'reviewSetLabels', { labels: all })
    expect(await labels()).toEqual(['effusion', 'effusion', 'effusion'])
    expect(saveCases).toHaveBeenCalledTimes(2)
    await workstation.close()
  })

  it('say what is wrong with a file that is not there, or is no table', async () => {
    const empty = join(temporaryFolder(), 'empty.csv')
    writeFileSync(empty, '')
    const chosen = ['/nowhere/at/all.csv', empty]
    const dialogs = {
      openFiles: async () => [chosen.shift() ?? ''],
      saveFile: async () => null,
      showInFolder: async () => undefined,
    }
    const { workstation } = await withFilms(['film-1'], { dialogs })
    const picked = () => ask(workstation, 'reviewPickTable', null)
    await expect(picked()).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringMatching('“all.csv”'),
    })
    await expect(picked()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await workstation.close()
  })
})

function last(events: readonly { readonly type: string }[]): BatchState | undefined {
  return events.filter((event): event is { type: string; batch: BatchState } => event.type === 'reviewBatch').at(-1)
    ?.batch
}
