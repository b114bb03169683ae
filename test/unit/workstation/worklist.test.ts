import { join } from 'node:path'
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { SimpleBitsError, type CaseId, type WorkstationEvent } from '../../../contract'
import { deferred } from '../../../main/adapters/deferred'
import { openLibsqlStore } from '../../../main/adapters/store'
import { openDatabase } from '../../../main/adapters/store/database'
import { Worklist } from '../../../main/app/worklist'
import type { CaseStore } from '../../../main/ports'
import { useNotices } from '../../../renderer/stores/notices'
import { useWorklist } from '../../../renderer/stores/worklist'
import { ask } from '../../support/ask'
import { exampleCase } from '../../support/exampleCase'
import { until } from '../../support/processes'
import { quietLogger } from '../../support/quietLogger'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'
import { mainSide } from '../../support/windowSide'

/** A workstation that finds these statements done to its two films. */
async function afterwards(...statements: readonly string[]) {
  const root = temporaryFolder()
  const before = await scriptedWorkstation(root)
  const { added } = await ask(before.workstation, 'importFiles', { paths: ['/films/film-1.dcm', '/films/film-2.dcm'] })
  await before.workstation.close()
  const database = openDatabase(join(root, 'store.db'), TEST_KEY)
  for (const statement of statements) database.run(statement, [added[0] ?? ''])
  database.close()
  return { ...(await scriptedWorkstation(root)), ids: added as [CaseId, CaseId] }
}

describe('what cannot be read', () => {
  it('of a film is left out of the list and counted, and that film does not come in again', async () => {
    const { workstation, ids } = await afterwards(`UPDATE films SET error = '{ cut off' WHERE id = ?`)
    expect((await ask(workstation, 'listCases', null)).map(({ id }) => id)).toEqual([ids[1]])
    expect(await ask(workstation, 'filmsLeftOut', null)).toBe(1)
    const paths = ['/films/film-1.dcm', '/elsewhere/film-1.dcm', '/films/film-3.dcm']
    const { added, failed } = await ask(workstation, 'importFiles', { paths })
    expect(added).toHaveLength(1)
    expect(failed.map(({ file, error }) => [file, error.code])).toEqual([
      [paths[0], 'FILE_UNREADABLE'],
      [paths[1], 'FILE_UNREADABLE'],
    ])
    await workstation.close()
  })

  it('of outlines and marks is said when the case is opened, and no start reads the key images for it', async () => {
    const { workstation, events, ids } = await afterwards(`INSERT INTO documents VALUES (?, 'marks', '{ cut off')`)
    const warnings = async () => (await ask(workstation, 'listCases', null)).map((one) => one.warnings)
    expect(await warnings()).toEqual([[], []])
    const said = [{ message: /measurements and key images/, mustConfirm: false }]
    expect((await ask(workstation, 'openCase', { caseId: ids[0] })).summary.warnings).toMatchObject(said)
    expect(await warnings()).toMatchObject([said, []])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'case', summary: expect.objectContaining({ id: ids[0] }) }),
    )
    await workstation.close()
  })

  it('of a case is said among its warnings, and its audit is not made again with a queue', async () => {
    const { workstation, script, ids } = await afterwards(
      `INSERT INTO audits VALUES (NULL, ?, '{}', x'00', x'00', x'00', 1, NULL, NULL)`,
      `INSERT INTO findings VALUES (?, 1, '{}')`,
    )
    const [first, second] = await ask(workstation, 'listCases', null)
    expect(first?.warnings).toMatchObject([{ message: /an audit and some findings/, mustConfirm: false }])
    expect(second?.warnings).toEqual([])
    expect([first?.queues, second?.queues]).toEqual([[], ['unaudited']])
    const choice = { preset: 'quick', objective: 'activation', seed: 0 } as const
    await ask(workstation, 'reviewBatchStart', { queue: 'all', caseIds: ids, ...choice })
    await until(() => script.audits.length === 1)
    script.audits[0]?.finish()
    const batch = () => ask(workstation, 'reviewBatch', null)
    while ((await batch())?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await batch()).toMatchObject({ state: 'finished', done: 1, skipped: 1 })
    expect((await ask(workstation, 'listCases', null)).map(({ audit }) => audit !== null)).toEqual([false, true])
    await workstation.close()
  })

  it('is told in one sentence for all films', async () => {
    setActivePinia(createPinia())
    const told = async (films: number) => {
      mainSide({ filmsLeftOut: () => films })
      await useWorklist().tellLeftOut()
      return useNotices().current?.text
    }
    expect(await told(0)).toBeUndefined()
    expect(await told(1)).toMatch(/^1 film in the store cannot be read and is not in the worklist\. It stays/)
    expect(await told(3)).toMatch(/^3 films in the store cannot be read and are not in the worklist\. They stay/)
    vi.unstubAllGlobals()
  })
})

describe('a case that is removed', () => {
  async function withCases(removeCase: (store: CaseStore, id: CaseId) => Promise<void>) {
    const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
    await store.saveCases([exampleCase(1), exampleCase(2)])
    const events: WorkstationEvent[] = []
    const worklist = new Worklist({ ...store, removeCase: (id) => removeCase(store, id) }, (event) =>
      events.push(event),
    )
    await worklist.load()
    return { store, worklist, events }
  }
  const { id } = exampleCase(1)

  it('is not saved again by what is found out about it meanwhile', async () => {
    const [gone, meanwhile] = [deferred<null>(), deferred<null>()]
    const { store, worklist } = await withCases(async (real, one) => {
      await real.removeCase(one)
      gone.resolve(null)
      await meanwhile.promise
    })
    const removing = worklist.remove(id)
    await gone.promise
    await expect(worklist.change(id, { reportLabel: 'effusion' })).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' })
    meanwhile.resolve(null)
    await removing
    expect(await store.listCases()).toEqual([exampleCase(2)])
    await store.close()
  })

  it('and comes in again meanwhile is there afterwards', async () => {
    const { store, worklist } = await withCases((real, gone) => real.removeCase(gone))
    await Promise.all([worklist.remove(id), worklist.add([exampleCase(1)], null)])
    expect(worklist.has(id)).toBe(true)
    expect(await store.listCases()).toEqual([exampleCase(1), exampleCase(2)])
    await store.close()
  })

  it('does not keep the other cases from what was saved with it', async () => {
    const { store, worklist } = await withCases((real, gone) => real.removeCase(gone))
    const change = { reportLabel: 'effusion' } as const
    const saving = worklist.changeAll(new Map([id, exampleCase(2).id].map((one) => [one, change])))
    await Promise.all([saving, worklist.remove(id)])
    expect(worklist.get(exampleCase(2).id)).toMatchObject(change)
    await store.close()
  })

  it('stays where the store cannot remove it', async () => {
    const { store, worklist, events } = await withCases(() =>
      Promise.reject(new SimpleBitsError('WRITE_FAILED', 'the disk is full')),
    )
    await expect(worklist.remove(id)).rejects.toMatchObject({ code: 'WRITE_FAILED' })
    expect(worklist.summary(id).id).toBe(id)
    expect(events).toEqual([])
    await store.close()
  })
})

it('a store is read in turns, between which others are answered', async () => {
  const films = Array.from({ length: 100 }, (_, i) => exampleCase(i + 1))
  const overview = async () => ({ record: null, findings: [], unread: [] })
  const store: Partial<CaseStore> = { listCases: async () => films, overview }
  let turns = 0
  let next = setImmediate(function turn() {
    turns++
    next = setImmediate(turn)
  })
  await new Worklist(store as CaseStore, () => undefined).load()
  clearImmediate(next)
  expect(turns).toBeGreaterThan(2)
})
