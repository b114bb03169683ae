import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { storedFinding } from '../../contract'
import { adoptOldFolder, openLibsqlStore } from '../../main/adapters/store'
import { openDatabase } from '../../main/adapters/store/database'
import { findZones } from '../../main/domain/zones'
import { exampleCase } from '../support/exampleCase'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

const open = (root: string) => openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
const outlines = findZones({ pixels: new Uint8Array(128 * 128), box: { x: 0, y: 0, width: 128, height: 128 } })
const finding = storedFinding.parse({
  ...{ number: 1, reader: 'Dr. Test', state: 'given', savedAt: '2026-01-01T00:00:00.000Z' },
  finding: { effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'], text: 'Grüße ✓' },
})
/** Without what came later. */
const firstSettings = {
  ...{ preset: 'quick', objective: 'activation', seed: 1, backend: 'auto', identification: 'pseudonym' },
  ...{ reader: 'Dr Old', layout: {} },
}

describe('the folder of the first versions', () => {
  it('is taken over, kept in clear as it was, and removed', async () => {
    const root = temporaryFolder()
    const old = join(root, 'cases', 'film-1')
    await mkdir(old, { recursive: true })
    // Neither was known to the first versions.
    const kept = Object.fromEntries(
      Object.entries(exampleCase(1)).filter(([name]) => name !== 'copy' && name !== 'identity'),
    )
    await writeFile(join(old, 'case.json'), JSON.stringify({ schema: 'simplebits.case/1', case: kept }))
    await writeFile(join(old, 'notes.txt'), 'look again')
    await writeFile(join(old, 'finding-000001.json'), JSON.stringify(finding))
    await writeFile(join(root, 'settings.json'), JSON.stringify(firstSettings))
    await writeFile(join(old, 'zones.json'), JSON.stringify(outlines))
    const store = await open(root)
    await adoptOldFolder(root, store, quietLogger())
    expect(await store.listCases()).toEqual([exampleCase(1)])
    expect(await store.zones(exampleCase(1).id)).toEqual(outlines)
    expect(await store.settings()).toMatchObject({ ...firstSettings, copyFilms: false })
    expect([await store.notes(exampleCase(1).id), await store.findings(exampleCase(1).id)]).toEqual([
      'look again',
      [finding],
    ])
    expect((await readdir(root)).filter((name) => !name.startsWith('store.'))).toEqual([])
    await store.close()
  })

  it('is kept aside where the store holds the film already and cannot read it', async () => {
    const root = temporaryFolder()
    const before = await open(root)
    await before.saveCases([exampleCase(1)])
    await before.close()
    const database = openDatabase(join(root, 'store.db'), TEST_KEY)
    database.run("UPDATE films SET warnings = '{ cut off'")
    database.close()
    const folder = join(root, 'cases', 'film-1')
    await mkdir(folder, { recursive: true })
    const kept = { schema: 'simplebits.case/1', case: { ...exampleCase(1), copy: undefined } }
    await writeFile(join(folder, 'case.json'), JSON.stringify(kept))
    const store = await open(root)
    await adoptOldFolder(root, store, quietLogger())
    expect(await store.listCases()).toEqual([])
    expect(await readdir(join(root, 'cases-not-read', 'film-1'))).toEqual(['case.json'])
    await store.close()
  })

  it('is kept aside as far as it cannot be read', async () => {
    const root = temporaryFolder()
    const [good, broken] = ['film-1', 'film-2'].map((name) => join(root, 'cases', name)) as [string, string]
    for (const [number, folder] of [
      [1, good],
      [2, broken],
    ] as const) {
      await mkdir(folder, { recursive: true })
      await writeFile(
        join(folder, 'case.json'),
        JSON.stringify({ schema: 'simplebits.case/1', case: { ...exampleCase(number), copy: undefined } }),
      )
    }
    await writeFile(join(broken, 'finding-000001.json'), '{ cut off')
    await mkdir(join(root, 'cases', 'no-case'))
    await writeFile(join(root, 'settings.json'), '{ broken')
    const store = await open(root)
    await adoptOldFolder(root, store, quietLogger())
    expect(await store.listCases()).toHaveLength(2)
    expect(await store.settings()).toBeNull()
    expect((await readdir(join(root, 'cases-not-read'))).sort()).toEqual(['film-2', 'no-case'])
    expect(await readFile(join(root, 'cases-not-read', 'film-2', 'finding-000001.json'), 'utf8')).toBe('{ cut off')
    expect((await readdir(root)).filter((name) => !name.startsWith('store.'))).toEqual(['cases-not-read'])
    await store.close()
  })
})
