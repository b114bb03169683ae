import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { caseFolders } from '../../../main/adapters/files'
import { temporaryFolder } from '../../support/temporaryFolder'

const SHA = 'a'.repeat(64)
/** Bytes that the disk still takes. */
let room = Infinity

vi.mock('../../../main/adapters/files/writeAtomic', async (original) => {
  const { writeAtomic } = await original<{ writeAtomic: (path: string, content: Uint8Array) => Promise<void> }>()
  return {
    async writeAtomic(path: string, content: Uint8Array) {
      if (content.length > room) throw new SimpleBitsError('WRITE_FAILED', 'No space is left on the device.')
      await writeAtomic(path, content)
    },
  }
})

afterEach(() => {
  room = Infinity
})

function withCase(record: string): string {
  const folder = join(temporaryFolder(), 'film')
  mkdirSync(folder)
  writeFileSync(join(folder, 'audit.json'), record)
  writeFileSync(join(folder, 'film.png'), '')
  return folder
}

describe('the folder of an audited film', () => {
  it('says whose it is, and nothing where no record can be read', async () => {
    expect(await caseFolders.filmOf(withCase(JSON.stringify({ input: { sha256: SHA }, seed: 1 })))).toBe(SHA)
    expect(await caseFolders.filmOf(withCase('{'))).toBeNull()
    expect(await caseFolders.filmOf(withCase('{}'))).toBeNull()
    expect(await caseFolders.filmOf(temporaryFolder())).toBeNull()
  })

  it('is no case while it is written', async () => {
    const folder = withCase(JSON.stringify({ input: { sha256: SHA } }))
    await caseFolders.begin(folder)
    expect(readdirSync(folder)).toEqual(['film.png'])
    await expect(caseFolders.begin(join(folder, 'not there'))).resolves.toBeUndefined()
  })

  it('has pictures that are no films; a film of that name elsewhere is one', async () => {
    const folder = withCase('{}')
    expect(await caseFolders.isResult(join(folder, 'film.png'))).toBe(true)
    expect(await caseFolders.isResult(join(folder, 'other.png'))).toBe(false)
    await caseFolders.begin(folder)
    expect(await caseFolders.isResult(join(folder, 'film.png'))).toBe(false)
  })

  it('is taken away again where it did not become whole, but nothing else that lies there', async () => {
    const folder = withCase('{}')
    await caseFolders.drop(folder)
    expect(existsSync(folder)).toBe(false)
    const shared = withCase('{}')
    writeFileSync(join(shared, 'my notes.txt'), '')
    await caseFolders.drop(shared)
    expect(readdirSync(shared)).toEqual(['my notes.txt'])
  })

  it('is not begun where a case has no room: what lay there stays, and no empty folder is left', async () => {
    const folder = withCase(JSON.stringify({ input: { sha256: SHA } }))
    mkdirSync(join(folder, 'mine'))
    // Less than a case takes, though a small file could still be written.
    room = 500_000
    const refused = { code: 'WRITE_FAILED', message: expect.stringContaining('make room') as string }
    await expect(caseFolders.begin(folder)).rejects.toMatchObject(refused)
    expect(await caseFolders.filmOf(folder)).toBe(SHA)
    await expect(caseFolders.begin(join(folder, 'new'))).rejects.toMatchObject(refused)
    await expect(caseFolders.ready(join(folder, 'mine'))).rejects.toMatchObject(refused)
    expect(readdirSync(folder).sort()).toEqual(['audit.json', 'film.png', 'mine'])
    await expect(caseFolders.ready(folder)).rejects.toMatchObject(refused)
  })

  it('is not begun below what is no folder', async () => {
    const out = temporaryFolder()
    await caseFolders.ready(join(out, 'new'))
    expect(readdirSync(join(out, 'new'))).toEqual([])
    writeFileSync(join(out, 'file'), '')
    const refused = { code: 'WRITE_FAILED', message: expect.stringContaining('Name another one') }
    await expect(caseFolders.ready(join(out, 'file'))).rejects.toMatchObject(refused)
    await expect(caseFolders.ready(join(out, 'file', 'below'))).rejects.toMatchObject(refused)
  })

  it.skipIf(process.platform !== 'linux')('is refused at once where the system makes none, whoever asks', async () => {
    await expect(caseFolders.ready('/proc/simplebits/out')).rejects.toMatchObject({ code: 'WRITE_FAILED' })
  })
})
