import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sha256 } from '../../contract'
import { openLibsqlStore } from '../../main/adapters/store'
import { openDatabase, type Database } from '../../main/adapters/store/database'
import { migrate } from '../../main/adapters/store/migrate'
import { MIGRATIONS } from '../../main/adapters/store/migrations'
import { exampleAudit, exampleCase } from '../support/exampleCase'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

const versionOf = (number: number) => MIGRATIONS.filter((step) => step.number <= number)

/** What a store of each version can hold that the version before could not. */
const content: Readonly<Record<number, string>> = {
  1: `INSERT INTO patients VALUES (1, '${'c'.repeat(64)}');
    INSERT INTO studies VALUES (1, 1, '1.2', '2017-01-03'); INSERT INTO series VALUES (1, 1, '1.2.3', 'DX');
    INSERT INTO films (id, series, sha256, file, bundled, added_at, title, patient_line, thumbnail, warnings)
      VALUES ('film-1', 1, '${'0'.repeat(63)}1', '/films/1.dcm', 0, '2026-01-01', 'film 1', '', 'data:', '[]');
    INSERT INTO decisions VALUES (1, 'film-1', '${'d'.repeat(64)}', 0.25, 0); INSERT INTO notes VALUES ('film-1', 'look');
    INSERT INTO settings VALUES ('reader', '"Dr. Test"');`,
  2: `INSERT INTO audits VALUES (1, 'film-1', '{}', x'01', x'02', x'03', 0);
    INSERT INTO audit_frames VALUES (1, 0, x'04', x'05');`,
  3: `INSERT INTO findings VALUES ('film-1', 1, '{}');`,
  4: `INSERT INTO reports VALUES (1, 'film-1', '/out/report.pdf', '2026-01-01', '${'e'.repeat(64)}');`,
  5: `UPDATE films SET copy = 'a copy';`,
  6: `INSERT INTO documents VALUES ('film-1', 'zones', '{}');`,
  7: `INSERT INTO explanations VALUES ('film-1', 'counterfactual', 'film, models and audit', '{}', x'00');`,
  8: `UPDATE decisions SET rule = '${'f'.repeat(64)}';`,
  9: `UPDATE audits SET flat_map = x'06';`,
  10: `UPDATE audit_frames SET detail = x'07';`,
  11: `UPDATE films INDEXED BY films_by_series SET copy = 'it' WHERE series = 1;
    UPDATE studies INDEXED BY studies_by_patient SET date = '2017-01-04' WHERE patient = 1;`,
  12: `UPDATE audits SET fine_detail = x'08';`,
}

/** All that a store holds: every row of every table, the list of its migrations left out. */
function contentOf(database: Database): Record<string, unknown[]> {
  const tables = database.all(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'schema_migrations'",
  )
  const names = tables.map((table) => z.object({ name: z.string() }).parse(table).name)
  return Object.fromEntries(names.map((name) => [name, database.all(`SELECT * FROM ${name} ORDER BY 1, 2`)]))
}

describe('the migrations', () => {
  it('are numbered without gaps', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, i) => i + 1))
  })

  it.each(MIGRATIONS.map(({ number, name }) => [number, name] as const))(
    'number %i (%s) keeps what a store of the version before holds, and leads on to the newest',
    (number) => {
      const database = openDatabase(join(temporaryFolder(), 'store.db'), TEST_KEY)
      for (const step of MIGRATIONS.slice(0, number - 1)) {
        migrate(database, versionOf(step.number))
        database.exec(content[step.number] ?? '')
      }
      const before = contentOf(database)
      // nothing is missed because there was nothing: every table of that version holds a row
      for (const [table, rows] of Object.entries(before)) expect(rows, table).not.toHaveLength(0)
      migrate(database, versionOf(number))
      expect(contentOf(database)).toMatchObject(before)
      // What the step is for can be stored now; what was there before is still there.
      database.exec(content[number] ?? 'nothing is known of this version')
      const withItsOwn = contentOf(database)
      migrate(database)
      expect(contentOf(database)).toMatchObject(withItsOwn)
      expect(database.all('SELECT number FROM schema_migrations ORDER BY number')).toMatchObject(
        MIGRATIONS.map((step) => ({ number: step.number })),
      )
      expect(database.one('SELECT title, file FROM films')).toMatchObject({ title: 'film 1', file: '/films/1.dcm' })
      expect(database.one('SELECT text FROM notes')).toMatchObject({ text: 'look' })
      database.close()
    },
  )

  it('applies a step whole or not at all', () => {
    const database = openDatabase(join(temporaryFolder(), 'store.db'), TEST_KEY)
    migrate(database)
    const broken = {
      number: MIGRATIONS.length + 1,
      name: 'broken',
      sql: 'CREATE TABLE half (x); CREATE TABLE half (x);',
    }
    expect(() => migrate(database, [...MIGRATIONS, broken])).toThrow()
    expect(database.all("SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual([])
    database.close()
  })

  it('refuses a store of a newer program, and leaves it as it is', async () => {
    const root = temporaryFolder()
    const database = openDatabase(join(root, 'store.db'), TEST_KEY)
    migrate(database)
    database.run("INSERT INTO schema_migrations VALUES (99, 'of the future', '2030-01-01')")
    await expect(openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
    expect(database.all('SELECT number FROM schema_migrations WHERE number = 99')).toHaveLength(1)
    database.close()
  })

  it('opens a store of version 1 through the product, with its film, decision and notes', async () => {
    const root = temporaryFolder()
    const database = openDatabase(join(root, 'store.db'), TEST_KEY)
    migrate(database, versionOf(1))
    database.exec(content[1] ?? '')
    database.close()
    const store = await openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
    const [film] = await store.listCases()
    expect(film).toMatchObject({ title: 'film 1', copy: null, decision: { probability: 0.25, present: false } })
    expect(film?.identity).toMatchObject({
      studyUid: '1.2',
      seriesUid: '1.2.3',
      studyDate: '2017-01-03',
      modality: 'DX',
    })
    const { id } = exampleCase(1)
    expect(await store.notes(id)).toBe('look')
    await store.saveAudit(id, exampleAudit(3))
    await store.saveReport(id, { path: '/r.pdf', writtenAt: '2026-01-01', sha256: sha256.parse('e'.repeat(64)) })
    expect((await store.auditRecord(id))?.seed).toBe(3)
    await store.close()
  })
})
