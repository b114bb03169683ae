import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ensureDebianPackages, isDebian, missingDebianPackages } from '../../../setup/lib/debian.mjs'
import { sandboxProblem } from '../../../setup/lib/sandbox.mjs'
import { installSystemLibraries, systemReady } from '../../../setup/steps/system.mjs'

vi.mock(import('../../../setup/lib/debian.mjs'))
vi.mock(import('../../../setup/lib/sandbox.mjs'))

/** Commands of this folder are all that the machine of the test has. */
let commands = ''

async function has(name: string, script = ':') {
  await writeFile(join(commands, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(commands, name), 0o755)
}

beforeEach(async () => {
  commands = await mkdtemp(join(tmpdir(), 'simplebits-system-'))
  vi.stubEnv('PATH', commands)
  vi.stubEnv('DISPLAY', '')
  vi.stubEnv('WAYLAND_DISPLAY', '')
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.mocked(isDebian).mockReset().mockResolvedValue(true)
  vi.mocked(missingDebianPackages).mockReset().mockResolvedValue(['libgtk-3-0'])
  vi.mocked(ensureDebianPackages).mockReset().mockResolvedValue(undefined)
  vi.mocked(sandboxProblem).mockReset().mockResolvedValue(undefined)
  await has('xvfb-run')
  await has('xauth')
  await has('ldd', 'echo "libgtk-3.so.0 => /lib/libgtk-3.so.0 (0x1)"')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(commands, { recursive: true, force: true })
})

describe.runIf(process.platform === 'linux')('what Electron needs of the system', () => {
  it('is there where its libraries are found, whatever packages they came with', async () => {
    expect(await systemReady('electron')).toBe(true)
  })

  it('is not there while a library is missing, nor without a screen or Xvfb', async () => {
    await rm(join(commands, 'xauth'))
    expect(await systemReady('electron')).toBe(false)
    vi.stubEnv('DISPLAY', ':0')
    expect(await systemReady('electron')).toBe(true)
    await has('ldd', 'echo "libgtk-3.so.0 => not found"')
    expect(await systemReady('electron')).toBe(false)
  })

  it('goes by Debian’s packages where the loader cannot be asked', async () => {
    await rm(join(commands, 'ldd'))
    expect(await systemReady('electron')).toBe(false)
    vi.mocked(missingDebianPackages).mockResolvedValue([])
    expect(await systemReady('electron')).toBe(true)
  })

  it('is named where it is no package of Debian’s that brings it', async () => {
    vi.mocked(isDebian).mockResolvedValue(false)
    await has('ldd', 'echo "libgtk-3.so.0 => not found"')
    await expect(installSystemLibraries('electron')).rejects.toThrow('this machine lacks: libgtk-3.so.0')
    expect(ensureDebianPackages).not.toHaveBeenCalled()
  })

  it('is more than libraries: a user who may not start its sandbox is told what to run', async () => {
    vi.mocked(sandboxProblem).mockResolvedValue('please run: sudo chmod')
    expect(await systemReady('electron')).toBe(false)
    await expect(installSystemLibraries('electron')).rejects.toThrow('please run: sudo chmod')
    expect(ensureDebianPackages).not.toHaveBeenCalled()
  })
})
