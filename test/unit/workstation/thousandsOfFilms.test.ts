import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimpleBitsError, type WorkstationEvent } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import { Worklist } from '../../../main/app/worklist'
import { UNKNOWN_IDENTITY } from '../../../main/domain/caseIdentity'
import type { CaseStore } from '../../../main/ports'
import { exampleCase } from '../../support/exampleCase'
import { quietLogger } from '../../support/quietLogger'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

let store: CaseStore
let events: WorkstationEvent[]
let worklist: Worklist
const COUNT = 200
const films = Array.from({ length: COUNT }, (_, n) =>
  exampleCase(n, { identity: { ...UNKNOWN_IDENTITY, sopInstanceUid: `1.2.${n}`, modality: 'DX' } }),
)

beforeEach(async () => {
  store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
  events = []
  worklist = new Worklist(store, (event) => events.push(event))
  await worklist.add(films, null)
  events.length = 0
})
afterEach(() => store.close())

describe('a worklist of many films', () => {
  it('looks for a film that comes in among those that may be it, not among all', async () => {
    let looked = 0
    const watched = films.map((film) => ({ ...film }))
    for (const film of watched) {
      const { sha256 } = film
      Object.defineProperty(film, 'sha256', { get: () => (looked++, sha256), enumerable: true })
    }
    const other = new Worklist(store, () => undefined)
    await other.add(watched, null)
    looked = 0
    expect(other.sameFilm(exampleCase(COUNT))).toBeNull()
    expect(looked).toBe(0)
    expect(other.sameFilm({ ...exampleCase(7), file: '/elsewhere.dcm' })?.id).toBe(exampleCase(7).id)
    expect(looked).toBeLessThan(5)
  })

  it('finds one written anew by its DICOM object, also after a start, and no longer once it was removed', async () => {
    const anew = { ...exampleCase(COUNT), identity: films[7]?.identity ?? UNKNOWN_IDENTITY }
    const started = new Worklist(store, () => undefined)
    await started.load()
    for (const list of [worklist, started]) expect(list.sameFilm(anew)?.id).toBe(exampleCase(7).id)
    await started.remove(exampleCase(7).id)
    expect(started.sameFilm(anew)).toBeNull()
  })

  it('finds one again that the store could not remove', async () => {
    const refused = () => Promise.reject(new SimpleBitsError('WRITE_FAILED', 'the disk is full'))
    const full = new Worklist({ ...store, removeCase: refused }, () => undefined)
    await full.load()
    await expect(full.remove(exampleCase(7).id)).rejects.toMatchObject({ code: 'WRITE_FAILED' })
    expect(full.sameFilm(exampleCase(7))?.id).toBe(exampleCase(7).id)
  })

  it('answers others while it tells of another reader, and tells each film once as it is in the end', async () => {
    worklist.setRules({ reader: 'Dr. A' })
    await nextTurn()
    expect(events.length).toBeLessThan(COUNT / 2)
    worklist.setRules({ reader: 'Dr. B' })
    events.length = 0
    while (events.length < COUNT) await nextTurn()
    for (let turn = 0; turn < 20; turn++) await nextTurn()
    expect(new Set(events.map((event) => event.type === 'case' && event.summary.id)).size).toBe(COUNT)
    expect(events).toHaveLength(COUNT)
  })

  it('answers others while it tells of new labels, all of which it has at once', async () => {
    const changes = new Map(films.map(({ id }) => [id, { reportLabel: 'effusion' } as const]))
    const changed = worklist.changeAll(changes)
    await nextTurn()
    expect(events.length).toBeLessThan(COUNT / 2)
    expect(worklist.all().every(({ reportLabel }) => reportLabel === 'effusion')).toBe(true)
    await changed
    expect(events).toHaveLength(COUNT)
  })
})
