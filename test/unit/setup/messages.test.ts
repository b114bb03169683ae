import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SetupError, UsageError } from '../../../setup/lib/errors.mjs'
import { fetchPinned } from '../../../setup/lib/fetch.mjs'
import { main } from '../../../setup/lib/main.mjs'
import { firstLine } from '../../../setup/lib/run.mjs'
import { wantedPart } from '../../../setup/lib/wantedPart.mjs'
import { fetchOfficialElectron } from '../../../setup/steps/electronOfficial.mjs'

/** What a person reads where the set-up cannot go on. */
let folder = ''
let said = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simplebits-messages-'))
  said = ''
  vi.stubEnv('XDG_CACHE_HOME', folder)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

const fault = (code: string) => Object.assign(new Error(`${code}: mkdir '/somewhere'`), { code })

describe('a folder that cannot be written', () => {
  const codeOf = async (work: () => Promise<number>) => {
    const before = process.exitCode
    await main(work)
    const code = process.exitCode
    process.exitCode = before
    return code
  }

  it('has another exit code than a command line that was not understood', async () => {
    expect(await codeOf(() => Promise.reject(new SetupError('no compiler')))).toBe(1)
    expect(await codeOf(() => Promise.reject(new UsageError('mistyped')))).toBe(2)
    expect(said).toBe('\nno compiler\n\nmistyped\n')
  })

  it.each([
    ['EACCES', 'The set-up may not write here'],
    ['EROFS', 'The set-up may not write here'],
    ['ENOSPC', 'No space is left'],
  ])('is told in words and not as a trace (%s)', async (code, words) => {
    expect(await codeOf(() => Promise.reject(fault(code)))).toBe(1)
    expect(said).toContain(`${words}: ${code}: mkdir '/somewhere'`)
    expect(said).toContain(`is kept in ${join(folder, 'simplebits')} (below another folder: XDG_CACHE_HOME)`)
  })

  it('is not what another fault is taken for', async () => {
    await expect(main(() => Promise.reject(new TypeError('x is not a function')))).rejects.toThrow(
      'x is not a function',
    )
    await expect(main(() => Promise.reject(fault('ENOENT')))).rejects.toThrow('ENOENT')
  })
})

describe('what a program said of its failure', () => {
  it('is npm’s reason, and not where npm keeps its log', async () => {
    const script = [
      'npm error code ECONNREFUSED',
      'npm error FetchError: request to the registry failed, reason: connect ECONNREFUSED',
      'npm error A complete log of this run can be found in: /home/x/.npm/_logs/1.log',
    ].map((line) => `echo "${line}" >&2`)
    await writeFile(join(folder, 'npm'), `#!/bin/sh\n${script.join('\n')}\nexit 1\n`)
    await chmod(join(folder, 'npm'), 0o755)
    vi.stubEnv('PATH', [folder, '/bin', '/usr/bin'].join(delimiter))
    const pin = { kind: 'npm', name: 'tiny', version: '1.0.0', file: 'tiny-1.0.0.tgz', sha256: '0'.repeat(64) } as const
    await expect(fetchPinned(pin, 'test')).rejects.toThrow('reason: connect ECONNREFUSED')
  })

  it('is the first line of tar’s', () => {
    const output = 'gzip: stdin: unexpected end of file\ntar: Error is not recoverable: exiting now\n'
    expect(firstLine(output)).toBe('gzip: stdin: unexpected end of file')
  })

  it('is more than "fetch failed" where the official Electron’s host cannot be reached', async () => {
    await writeFile(join(folder, 'install.js'), "console.error('TypeError: fetch failed'); process.exit(1)")
    expect(await fetchOfficialElectron(folder)).toMatchObject({ why: 'its host cannot be reached from here' })
  })

  it('is the cause where the Python package index cannot be reached', async () => {
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple')
    vi.stubEnv('PATH', folder)
    const pin = { kind: 'wheel', name: 'tiny', version: '1.0', file: 'tiny-1.0-py3-none-any.whl', sha256: '0' } as const
    await fetchPinned(pin, 'test').catch(() => undefined)
    expect(said).toMatch(/without pip it did not come: .*(ECONNREFUSED|bad port)/)
  })
})

describe('npm test', () => {
  const parts = ['checks', 'unit', 'e2e']

  it('takes a part in either spelling, and without one runs all', () => {
    expect(wantedPart(['--only', 'unit'], parts)).toBe('unit')
    expect(wantedPart(['--only=e2e'], parts)).toBe('e2e')
    expect(wantedPart([], parts)).toBeUndefined()
  })

  it.each([[['--only']], [['--only', 'golden']], [['test/unit/documents.test.ts']], [['--onyl', 'unit']]])(
    'does not run everything for what it does not understand: %j',
    (args) => {
      expect(() => wantedPart(args, parts)).toThrow(UsageError)
      expect(() => wantedPart(args, parts)).toThrow('--only and one of: checks, unit, e2e')
    },
  )
})
