import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  cacheRoot,
  exists,
  hashFiles,
  isStamped,
  keyOf,
  makeFolder,
  sha256OfFile,
  stamp,
} from '../../../setup/lib/cache.mjs'
import { forgetFailure, recentFailure, rememberFailure } from '../../../setup/lib/failures.mjs'
import { checkSha256 } from '../../../setup/lib/fetch.mjs'
import { withSetupLock } from '../../../setup/lib/lock.mjs'
import { fetchOfficialElectron } from '../../../setup/steps/electronOfficial.mjs'

let folder = ''
const cacheHome = process.env['XDG_CACHE_HOME']

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simplebits-setup-'))
  process.env['XDG_CACHE_HOME'] = folder
})

afterEach(async () => {
  if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME']
  else process.env['XDG_CACHE_HOME'] = cacheHome
  await rm(folder, { recursive: true, force: true })
})

describe('stamps', () => {
  it('hold for the inputs they were made for, and for no others', async () => {
    const file = join(folder, 'deep/stamp')
    expect(await isStamped(file, 'a')).toBe(false)
    await stamp(file, 'a')
    expect(await isStamped(file, 'a')).toBe(true)
    expect(await isStamped(file, 'b')).toBe(false)
  })

  it('keys differ when inputs are split differently', () => {
    expect(keyOf('ab', 'c')).not.toBe(keyOf('a', 'bc'))
    expect(keyOf('ab', 'c')).toBe(keyOf('ab', 'c'))
  })

  it('a hash of a folder changes with content, name and depth, not with order of asking', async () => {
    await mkdir(join(folder, 'src/inner'), { recursive: true })
    await writeFile(join(folder, 'src/a.ts'), 'one')
    const first = await hashFiles(['src'], folder)
    expect(await hashFiles(['src', 'missing'], folder)).toBe(first)
    await writeFile(join(folder, 'src/a.ts'), 'two')
    const second = await hashFiles(['src'], folder)
    expect(second).not.toBe(first)
    await writeFile(join(folder, 'src/inner/b.ts'), '')
    expect(await hashFiles(['src'], folder)).not.toBe(second)
  })
})

describe('cached folders', () => {
  it('an interrupted filling leaves nothing that looks finished, and the next one starts clean', async () => {
    const made = join(folder, 'made')
    await expect(
      makeFolder(made, async (part) => {
        await writeFile(join(part, 'half'), 'x')
        throw new Error('power cut')
      }),
    ).rejects.toThrow('power cut')
    expect(await exists(made)).toBe(false)
    await makeFolder(made, (part) => writeFile(join(part, 'whole'), 'y'))
    expect(await exists(join(made, 'half'))).toBe(false)
    expect(await readFile(join(made, 'whole'), 'utf8')).toBe('y')
  })
})

describe('sha256 of what was fetched', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

  it('is that of the content', async () => {
    await writeFile(join(folder, 'empty'), '')
    expect(await sha256OfFile(join(folder, 'empty'))).toBe(empty)
    await expect(checkSha256(join(folder, 'empty'), empty)).resolves.toBeUndefined()
  })

  it('a wrong file is refused and removed', async () => {
    const file = join(folder, 'wrong')
    await writeFile(file, 'not what was pinned')
    await expect(checkSha256(file, empty)).rejects.toThrow('is not what was pinned')
    expect(await exists(file)).toBe(false)
  })
})

describe('official ways that failed', () => {
  it('are remembered for some days, then tried again; a success forgets them', async () => {
    const then = new Date('2026-03-01T12:00:00Z')
    await rememberFailure('electron', 'no route', { now: then })
    expect(await recentFailure('electron', new Date('2026-03-02T12:00:00Z'))).toBe('no route')
    expect(await recentFailure('electron', new Date('2026-03-09T12:00:00Z'))).toBeUndefined()
    expect(await recentFailure('another way', then)).toBeUndefined()
    await forgetFailure('electron')
    expect(await recentFailure('electron', then)).toBeUndefined()
  })

  it('are remembered for as long as whoever saw them fail says', async () => {
    const then = new Date('2026-03-01T12:00:00Z')
    await rememberFailure('electron', 'broke off', { now: then, hours: 1 })
    expect(await recentFailure('electron', new Date('2026-03-01T12:59:00Z'))).toBe('broke off')
    expect(await recentFailure('electron', new Date('2026-03-01T13:01:00Z'))).toBeUndefined()
  })
})

describe('the official Electron', () => {
  /** Stands for the electron package: its downloader is what the test gives. */
  async function packageWith(installer: string): Promise<string> {
    const made = join(folder, 'electron')
    await mkdir(made)
    await writeFile(join(made, 'package.json'), '{"type":"commonjs"}')
    await writeFile(join(made, 'install.js'), installer)
    return made
  }
  const fails = "setTimeout(() => { console.error('Error: connection reset'); process.exit(1) }, 1500)"

  it('that broke off is told from one whose host sent nothing', async () => {
    const begins = "require('node:fs').writeFileSync(`${require('node:os').tmpdir()}/part`, 'half of it')\n"
    const brokeOff = await fetchOfficialElectron(await packageWith(`${begins}${fails}`))
    expect(brokeOff).toEqual({ why: 'Error: connection reset', begun: true })
    await rm(join(folder, 'electron'), { recursive: true })
    expect(await fetchOfficialElectron(await packageWith(fails))).toMatchObject({ begun: false })
  })
})

describe('the set-up lock', () => {
  it('lets one set-up work at a time', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 50))
      inside--
    }
    await Promise.all([withSetupLock(work), withSetupLock(work)])
    expect(most).toBe(1)
  })

  it('is taken over from a process that is gone, and given back after a failure', async () => {
    await mkdir(cacheRoot(), { recursive: true })
    await writeFile(join(cacheRoot(), 'setup.lock'), '999999999')
    expect(await withSetupLock(() => Promise.resolve('done'))).toBe('done')
    await expect(withSetupLock(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await exists(join(cacheRoot(), 'setup.lock'))).toBe(false)
  })
})
