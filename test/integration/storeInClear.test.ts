import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLibsqlStore } from '../../main/adapters/store'
import { writeSyntheticFilm } from '../e2e/support/syntheticFilm'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

const repository = join(import.meta.dirname, '..', '..')
const SIZE = { width: 64, height: 64 }

/** Who, where and what must not be readable in any file of the store, in any spelling that a program might use. */
const secrets = ['TESTNAME', 'Erika', 'TESTID-4711', 'TESTSOP', 'TESTSTUDY', '1.2.826', '/films/', 'film-1', 'NOTES of']
const further = [
  'FREETEXT',
  'READERNAME',
  'PIXEL^NAME',
  'ID-77',
  'report.pdf',
  'data:image',
  'effusion',
  'original_map',
]
const spellings = (text: string) => [Buffer.from(text), Buffer.from(text, 'utf16le'), base64Core(text)]

/** The characters of a base64 text that do not depend on what stands beside it. */
const base64Core = (text: string) =>
  Buffer.from(Buffer.from(text.slice(0, 3 * Math.floor(text.length / 3))).toString('base64'))

describe('a store whose program was killed after import, audit and finding', () => {
  it('holds no name, id, path, word or pixel in clear, in no file of its folder', { timeout: 60_000 }, async () => {
    const films = temporaryFolder()
    const film = join(films, 'film.dcm')
    writeSyntheticFilm(film, { ...SIZE, seed: 77, patientName: 'PIXEL^NAME' })
    const bytes = await readFile(film)
    const root = temporaryFolder()
    await fillAndKill(root, film, createHash('sha256').update(bytes).digest('hex'))

    const files = await filesIn(root)
    const names = files.map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('store.db')).sort()).toEqual([
      'store.db',
      'store.db-shm',
      'store.db-wal',
    ])
    expect(names.some((name) => name.startsWith('films'))).toBe(true)
    const runs = [bytes.subarray(-2048, -2032), bytes.subarray(-64, -48), Buffer.alloc(16, 0x41)]
    // The search finds what is there: the films' file itself gives every one of them away.
    expect(runs.slice(0, 2).every((run) => bytes.includes(run)) && bytes.includes('PIXEL^NAME')).toBe(true)
    // Four bytes might stand in ciphertext by chance.
    const needles = [...[...secrets, ...further].flatMap(spellings).filter(({ length }) => length > 4), ...runs]
    for (const { name, content } of files)
      for (const needle of needles)
        expect(content.includes(needle), `${needle.toString('latin1')} in ${name}`).toBe(false)
    expect(files.find(({ name }) => name.endsWith('workstation.log'))?.content.length).toBeGreaterThan(0)

    const store = await openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
    const cases = await store.listCases()
    expect(cases.map(({ title }) => title).sort()).toEqual(['TESTNAME, Erika', 'TESTNAME^Erika'])
    expect(await store.notes(cases[0]?.title === 'TESTNAME^Erika' ? cases[0].id : (cases[1]?.id ?? fail()))).toBe(
      'NOTES of TESTNAME',
    )
    await store.close()
  })
})

function fail(): never {
  throw new Error('there is no such case')
}

async function filesIn(root: string): Promise<{ name: string; content: Buffer }[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.map(async (path) => ({ name: path.slice(root.length + 1), content: await readFile(path) })))
}

function fillAndKill(root: string, film: string, hash: string): Promise<void> {
  const filler = join(repository, 'test', 'support', 'storeFiller.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', filler, root, film, hash], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.on('data', () => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === null ? resolve() : reject(new Error(`the filler ended with ${code}`))))
  })
}
