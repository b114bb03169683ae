import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ensureDebianPackages } from '../../../setup/lib/debian.mjs'
import { fetchPinned } from '../../../setup/lib/fetch.mjs'

vi.mock(import('../../../setup/lib/debian.mjs'))

const pin = {
  kind: 'wheel',
  name: 'tiny',
  version: '1.0',
  file: 'tiny-1.0-py3-none-any.whl',
  sha256: '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03',
} as const
const CONTENT = 'hello\n'

let folder = ''
let server: Server

/** A machine without pip that is told of a package index, which answers so. */
async function indexThat(answers: RequestListener, credentials = '') {
  server = createServer(answers)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  vi.stubEnv('PIP_INDEX_URL', `http://${credentials}127.0.0.1:${(server.address() as AddressInfo).port}/simple/`)
}

const listing = JSON.stringify({ files: [{ filename: pin.file, url: `../../files/${pin.file}` }] })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simplebits-fetch-'))
  vi.stubEnv('XDG_CACHE_HOME', folder)
  vi.stubEnv('PATH', folder)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.mocked(ensureDebianPackages).mockReset().mockRejectedValue(new Error('no pip to be had'))
})

afterEach(async () => {
  server.close()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

describe('a pinned wheel on a machine without pip', () => {
  it('comes from the index that the machine is told to use, also where that wants a name and a password', async () => {
    const wanted = `Basic ${Buffer.from('reader:p@ss').toString('base64')}`
    await indexThat((request, response) => {
      if (request.headers.authorization !== wanted) response.writeHead(401).end()
      else response.end(request.url?.startsWith('/simple/tiny/') ? listing : CONTENT)
    }, 'reader:p%40ss@')
    expect(await readFile(await fetchPinned(pin, 'test'), 'utf8')).toBe(CONTENT)
  })

  it('comes through Debian’s pip where the index does not give it, and nothing of the index’s is left', async () => {
    await indexThat((request, response) => {
      if (request.url?.startsWith('/simple/')) response.end(listing)
      else response.writeHead(404).end('no such file')
    })
    vi.mocked(ensureDebianPackages).mockImplementation(async () => {
      const script = `while [ $# -gt 1 ]; do [ "$1" = --dest ] && [ ! -e "$2/${pin.file}" ] && echo hello > "$2/${pin.file}"; shift; done`
      await writeFile(join(folder, 'pip'), `#!/bin/sh\n${script}\nexit 0\n`)
      await chmod(join(folder, 'pip'), 0o755)
    })
    expect(await readFile(await fetchPinned(pin, 'test'), 'utf8')).toBe(CONTENT)
  })
})

describe('what is not what was pinned', () => {
  it('is refused and not kept, so that the next start fetches it anew', async () => {
    let content = 'something else\n'
    await indexThat((request, response) => response.end(request.url?.startsWith('/simple/') ? listing : content))
    await expect(fetchPinned(pin, 'test')).rejects.toThrow('is not what was pinned')
    content = CONTENT
    expect(await readFile(await fetchPinned(pin, 'test'), 'utf8')).toBe(CONTENT)
  })

  it('is refused too where it lies in the cache already', async () => {
    await indexThat((request, response) => response.end(request.url?.startsWith('/simple/') ? listing : CONTENT))
    await writeFile(await fetchPinned(pin, 'test'), 'changed since\n')
    await expect(fetchPinned(pin, 'test')).rejects.toThrow('is not what was pinned')
  })
})
