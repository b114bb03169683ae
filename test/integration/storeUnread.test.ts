import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings, storedFinding, type CaseId } from '../../contract'
import { openLibsqlStore } from '../../main/adapters/store'
import { openDatabase, type SqlValue } from '../../main/adapters/store/database'
import { findZones } from '../../main/domain/zones'
import { exampleAudit, exampleCase } from '../support/exampleCase'
import { exampleMarks } from '../support/exampleMarks'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

const open = (root: string) => openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
const film = exampleCase(1)
const outlines = findZones({ pixels: new Uint8Array(128 * 128), box: { x: 0, y: 0, width: 128, height: 128 } })
const finding = (number: number) =>
  storedFinding.parse({
    ...{ number, reader: 'Dr. Test', state: 'given', savedAt: '2026-01-01T00:00:00.000Z' },
    finding: { effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'], text: `finding ${number}` },
  })

/** What the closed store's database answers. */
function sql(root: string, statement: string, values: readonly SqlValue[] = []): unknown[] {
  const database = openDatabase(join(root, 'store.db'), TEST_KEY)
  try {
    return database.all(statement, values)
  } finally {
    database.close()
  }
}

/** A store of two films, the first of which has all that can be kept of one. */
async function fullStore(): Promise<string> {
  const root = temporaryFolder()
  const store = await open(root)
  await store.saveCases([film, exampleCase(2)])
  for (const number of [1, 2]) await store.saveFinding(film.id, finding(number))
  await store.saveAudit(film.id, exampleAudit(7))
  await store.saveZones(film.id, outlines)
  await store.saveMarks(film.id, exampleMarks())
  await store.close()
  return root
}

describe('what the store holds and cannot read', () => {
  it.each(['{ cut off', '{"code":1}'])('of a film (%s) is left out and not written over', async (text) => {
    const root = await fullStore()
    sql(root, 'UPDATE films SET warnings = ? WHERE id = ?', [text, film.id])
    const store = await open(root)
    const leftOut: unknown[] = []
    expect(await store.listCases((one) => leftOut.push(one))).toEqual([exampleCase(2)])
    expect(leftOut).toEqual([{ id: film.id, sha256: film.sha256 }])
    for (const again of [film, exampleCase(3, { sha256: film.sha256 })])
      await expect(store.saveCases([exampleCase(4), again])).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await store.close()
    expect(sql(root, 'SELECT id, warnings FROM films ORDER BY id')).toMatchObject([
      { id: film.id, warnings: text },
      { id: 'film-2' },
    ])
  })

  it.each(['{ cut off', '{"number":2}'])('of findings (%s) keeps its number; a new one gets the next', async (text) => {
    const root = await fullStore()
    sql(root, 'UPDATE findings SET finding = ? WHERE number = 2', [text])
    const store = await open(root)
    expect(await store.overview(film.id)).toMatchObject({ findings: [finding(1)], unread: ['findings'] })
    expect(await store.saveFinding(film.id, finding(2))).toEqual({ ...finding(2), number: 3 })
    expect((await store.findings(film.id)).map(({ number }) => number)).toEqual([1, 3])
    await store.close()
    expect(sql(root, 'SELECT finding FROM findings WHERE number = 2')).toMatchObject([{ finding: text }])
  })

  it.each(['{ cut off', '{"schema":"simplebits.audit/9"}'])('of audits (%s) stays beside a new one', async (text) => {
    const root = await fullStore()
    sql(root, 'UPDATE audits SET record = ?', [text])
    const store = await open(root)
    expect(await store.overview(film.id)).toMatchObject({ record: null, unread: ['audit'] })
    expect(await store.audit(film.id)).toBeNull()
    for (const mark of [8, 9]) await store.saveAudit(film.id, exampleAudit(mark))
    expect((await store.audit(film.id))?.record.seed).toBe(9)
    await store.close()
    const kept = sql(root, 'SELECT record, count(*) AS frames FROM audits JOIN audit_frames ON audit = id GROUP BY id')
    expect(kept).toMatchObject([{ record: text, frames: 2 }, { frames: 2 }])
  })

  it.each(['{ cut off', '{"schema":"simplebits.marks/9"}'])(
    'of outlines and marks (%s) is kept aside',
    async (text) => {
      const root = await fullStore()
      sql(root, 'UPDATE documents SET document = ?', [text])
      const store = await open(root)
      const read = async (id: CaseId) => [await store.zones(id), await store.marks(id)]
      expect((await store.overview(film.id)).unread).toEqual([])
      expect(await store.unreadDocuments(film.id)).toEqual(['zones', 'marks'])
      expect(await read(film.id)).toEqual([null, null])
      for (let again = 0; again < 2; again++) {
        await store.saveZones(film.id, outlines)
        await store.saveMarks(film.id, exampleMarks())
      }
      expect(await read(film.id)).toEqual([outlines, exampleMarks()])
      await store.close()
      expect(sql(root, 'SELECT kind FROM documents WHERE document = ? ORDER BY kind', [text])).toHaveLength(2)
    },
  )

  it('of settings is as if it were not there, and what another version keeps among them stays', async () => {
    const root = temporaryFolder()
    const chosen = settings.parse({
      ...{ preset: 'quick', objective: 'gradient', seed: 3, backend: 'wasm', identification: 'full' },
      ...{ reader: 'Dr. Test', copyFilms: true, dataFolder: null, layout: {} },
    })
    await (await open(root)).close()
    const saved = JSON.stringify({ ...chosen, preset: 'of the future', speech: 'on' })
    sql(root, "INSERT INTO settings VALUES ('settings', ?)", [saved])
    const store = await open(root)
    const { preset, ...others } = chosen
    expect(await store.settings()).toEqual(others)
    await store.saveSettings({ ...others, preset })
    expect(await store.settings()).toEqual(chosen)
    await store.close()
    const [row] = sql(root, 'SELECT value FROM settings') as { value: string }[]
    expect(JSON.parse(row?.value ?? '')).toEqual({ ...chosen, speech: 'on' })
  })
})
