import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { patientKey, sha256 } from '../../contract'
import { openLibsqlStore } from '../../main/adapters/store'
import { openDatabase, type Database } from '../../main/adapters/store/database'
import { removeFilm, writeFilm } from '../../main/adapters/store/filmRows'
import { migrate } from '../../main/adapters/store/migrate'
import { exampleCase } from '../support/exampleCase'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'
import { turnsDuring } from '../support/turns'

/** How SQLite goes about each statement that `work` runs. */
function plansOf(database: Database, work: (watched: Database) => void): string[] {
  const plans: string[] = []
  const note = (sql: string, values: Parameters<Database['all']>[1]) => {
    const steps = z.array(z.object({ detail: z.string() })).parse(database.all(`EXPLAIN QUERY PLAN ${sql}`, values))
    plans.push(...steps.map(({ detail }) => detail))
  }
  work({
    ...database,
    run: (sql, values) => (note(sql, values), database.run(sql, values)),
    one: (sql, values) => (note(sql, values), database.one(sql, values)),
    all: (sql, values) => (note(sql, values), database.all(sql, values)),
  })
  return plans
}

describe('a store of thousands of films', () => {
  const decision = { probability: 0.25, present: false, model: sha256.parse('d'.repeat(64)), rule: null }
  const identity = {
    ...{ patientKey: patientKey.parse('c'.repeat(64)), studyUid: '1.2', seriesUid: '1.2.3', sopInstanceUid: '1.2.3.4' },
    ...({ studyDate: '2017-01-03', sex: 'F', age: 58, view: 'PA', modality: 'DX' } as const),
  }

  it.each([
    ['with a patient', exampleCase(1, { identity, decision })],
    ['that names none', exampleCase(1)],
  ])('reads none of its tables from end to end to save or remove a film %s', (_, film) => {
    const database = openDatabase(join(temporaryFolder(), 'store.db'), TEST_KEY)
    migrate(database)
    writeFilm(database, film)
    const plans = plansOf(database, (watched) => {
      writeFilm(watched, film)
      removeFilm(watched, film.id)
    })
    expect(plans).not.toHaveLength(0)
    expect(plans.filter((step) => step.startsWith('SCAN'))).toEqual([])
    expect(database.all('SELECT * FROM studies')).toEqual([])
    database.close()
  })

  it('is opened in short steps, between which others are answered, and its films stand in the order of adding', async () => {
    const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
    const films = Array.from({ length: 330 }, (_, n) =>
      exampleCase((n * 7) % 330, { addedAt: new Date(n).toISOString() }),
    )
    await store.saveCases(films)
    let read: unknown
    const turns = await turnsDuring(async () => (read = await store.listCases()))
    expect(turns).toBeGreaterThanOrEqual(10)
    expect(read).toEqual(films)
    await store.close()
  })

  it('is closed when all films are gone that were to be removed', async () => {
    const root = temporaryFolder()
    const open = () => openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
    const store = await open()
    const films = Array.from({ length: 100 }, (_, n) => exampleCase(n))
    await store.saveCases(films)
    const gone = Promise.all(films.slice(1).map(({ id }) => store.removeCase(id)))
    await store.close()
    await gone
    const again = await open()
    expect(await again.listCases()).toEqual([films[0]])
    await again.close()
  })
})

it('a store whose log cannot be made beside it, as on a write-protected disk, is told as a matter of the disk', () => {
  const path = join(temporaryFolder(), 'store.db')
  openDatabase(path, TEST_KEY).close()
  mkdirSync(`${path}-wal`)
  expect(() => migrate(openDatabase(path, TEST_KEY))).toThrow(expect.objectContaining({ code: 'WRITE_FAILED' }))
})
