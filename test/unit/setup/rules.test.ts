import { describe, expect, it, vi } from 'vitest'
import {
  countCommand,
  countPlaywright,
  countVitest,
  countsLine,
  flakyPlaywright,
  sumCounts,
  withExitCode,
} from '../../../setup/lib/counts.mjs'
import { missingPackages, patiently } from '../../../setup/lib/debian.mjs'
import { engineEnvironment } from '../../../setup/lib/environment.mjs'
import { nodeVersionProblem } from '../../../setup/lib/nodeVersion.mjs'
import {
  cudaWheels,
  fallbackElectron,
  packagedNode,
  tensorflowCpuWheel,
  tensorflowCudaWheel,
} from '../../../setup/lib/pins.mjs'
import { errorLine, run } from '../../../setup/lib/run.mjs'
import { canSandbox } from '../../../setup/lib/sandbox.mjs'
import { proxyOf } from '../../../setup/steps/electronOfficial.mjs'
import { isInstalled } from '../../../setup/steps/packages.mjs'

describe('the Node version', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.21.1', '24.1.0'])('%s fits', (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined()
  })

  it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0', '23.0.0'])('%s does not, and is told so', (version) => {
    expect(nodeVersionProblem(version)).toContain(`Node ${version} does not fit`)
  })
})

describe('the installed npm packages', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/win': { version: '2.0.0', integrity: 'sha512-w', optional: true },
    },
  }

  it('are complete when every wanted one is there; an optional one of another platform may be missing', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } })).toBe(
      true,
    )
  })

  it('are not when one is missing, of another version or of another content, or nothing is installed', () => {
    expect(isInstalled(lock, { packages: {} })).toBe(false)
    expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } } })).toBe(
      false,
    )
    expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } } })).toBe(
      false,
    )
    expect(isInstalled(lock, undefined)).toBe(false)
  })
})

describe('the last line of a test run', () => {
  const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] }
  const playwright = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 1 }, errors: [] }

  it('sums every part', () => {
    const parts = [countCommand(0), countCommand(2), countVitest(vitest), countPlaywright(playwright)]
    expect(countsLine(sumCounts(parts))).toBe('9 passed, 1 failed, 4 skipped')
  })

  it('counts a file that does not load and an error outside tests as failures', () => {
    const broken = { status: 'failed', assertionResults: [] }
    const failedTest = { status: 'failed', assertionResults: [{ status: 'failed' }] }
    expect(countVitest({ ...vitest, testResults: [broken] }).failed).toBe(1)
    expect(countVitest({ ...vitest, numFailedTests: 1, testResults: [failedTest] }).failed).toBe(1)
    expect(countPlaywright({ stats: playwright.stats, errors: [{}] }).failed).toBe(1)
  })

  it('counts what needed a second try as passed, and knows how many', () => {
    const flaky = { stats: { ...playwright.stats, flaky: 1 }, errors: [] }
    expect(countPlaywright(flaky)).toEqual({ passed: 4, failed: 0, skipped: 1 })
    expect([flakyPlaywright(flaky), flakyPlaywright(playwright), flakyPlaywright(undefined)]).toEqual([1, 0, 0])
  })

  it('counts a suite that ran nothing, or left no report, as a failure', () => {
    expect(countVitest({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 4 }).failed).toBe(1)
    expect(countVitest(undefined).failed).toBe(1)
    expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }).failed).toBe(1)
    expect(countPlaywright(undefined).failed).toBe(1)
  })

  it('never hides a runner that failed behind a green report', () => {
    expect(withExitCode({ passed: 3, failed: 0, skipped: 0 }, 1).failed).toBe(1)
    expect(withExitCode({ passed: 3, failed: 2, skipped: 0 }, 1).failed).toBe(2)
    expect(withExitCode({ passed: 3, failed: 0, skipped: 0 }, 0).failed).toBe(0)
  })
})

describe('Debian packages', () => {
  it('are missing unless installed under their old or their 64-bit-time name', () => {
    const listed = 'xvfb installed\nlibasound2t64 installed\nlibcups2 config-files\n'
    expect(missingPackages(['xvfb', 'libasound2', 'libcups2', 'libgbm1'], listed)).toEqual(['libcups2', 'libgbm1'])
  })
})

describe('the package lists', () => {
  const locked = { output: 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)\n' }

  it('are brought up to date once whoever holds their lock has let go of it', async () => {
    const update = vi.fn().mockResolvedValueOnce(locked).mockResolvedValueOnce(locked).mockResolvedValue({ output: '' })
    await patiently(update, { everyMs: 1 })
    expect(update).toHaveBeenCalledTimes(3)
  })

  it('are not waited for without end', async () => {
    const update = vi.fn().mockResolvedValue(locked)
    await patiently(update, { everyMs: 5, patienceMs: 20 })
    expect(update.mock.calls.length).toBeLessThan(7)
  })
})

describe('Chromium’s sandbox, for an ordinary user', () => {
  const free = { helper: { uid: 1000, mode: 0o100755 }, restricted: false, unshare: 0 }

  it('needs user namespaces, which AppArmor or the kernel may refuse', () => {
    expect(canSandbox(free)).toBe(true)
    expect(canSandbox({ ...free, restricted: true })).toBe(false)
    expect(canSandbox({ ...free, unshare: 1 })).toBe(false)
  })

  it('or its helper, set-uid and root’s', () => {
    const refused = { ...free, restricted: true, unshare: 1 }
    expect(canSandbox({ ...refused, helper: { uid: 0, mode: 0o104755 } })).toBe(true)
    expect(canSandbox({ ...refused, helper: { uid: 0, mode: 0o100755 } })).toBe(false)
    expect(canSandbox({ ...refused, helper: { uid: 1000, mode: 0o104755 } })).toBe(false)
    expect(canSandbox({ ...refused, helper: undefined })).toBe(false)
  })

  it('is not doubted where nothing can be asked', () => {
    expect(canSandbox({ ...free, unshare: 127 })).toBe(true)
  })
})

describe('the environment of a computing process', () => {
  it('lets threads sleep and puts the CUDA libraries before what is on the path', () => {
    const env = engineEnvironment(['/cuda/a', '/cuda/b'], { LD_LIBRARY_PATH: '/mine', HOME: '/home/x' })
    expect(env).toMatchObject({ OMP_WAIT_POLICY: 'PASSIVE', LD_LIBRARY_PATH: '/cuda/a:/cuda/b:/mine', HOME: '/home/x' })
    expect(engineEnvironment([], {})).not.toHaveProperty('LD_LIBRARY_PATH')
  })

  it('takes the same convolutions on every processor, unless it is told otherwise', () => {
    expect(engineEnvironment([], {})).toHaveProperty('TF_ENABLE_ONEDNN_OPTS', '1')
    expect(engineEnvironment([], { TF_ENABLE_ONEDNN_OPTS: '0' })).toHaveProperty('TF_ENABLE_ONEDNN_OPTS', '0')
  })
})

describe('the proxy for the official Electron', () => {
  it('is the one of the environment or of npm, and the downloader is told to use it', () => {
    const told = { ELECTRON_GET_USE_PROXY: '1', HTTPS_PROXY: 'http://proxy:3128' }
    expect(proxyOf({ https_proxy: 'http://proxy:3128' })).toEqual(told)
    expect(proxyOf({ npm_config_https_proxy: 'http://proxy:3128', npm_config_noproxy: 'inside' })).toEqual({
      ...told,
      NO_PROXY: 'inside',
    })
    expect(proxyOf({ npm_config_proxy: 'http://proxy:3128' })).toEqual({ ...told, HTTP_PROXY: 'http://proxy:3128' })
  })

  it('is none where none is set', () => {
    expect(proxyOf({ npm_config_proxy: '', PATH: '/bin' })).toEqual({})
  })
})

describe('pins', () => {
  const pins = [tensorflowCpuWheel, tensorflowCudaWheel, fallbackElectron, packagedNode, ...cudaWheels]

  it.each(pins.map((pin) => [pin.file, pin] as const))('%s has its version and a sha256', (file, pin) => {
    expect(file).toContain(pin.version)
    expect(pin.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('running a command', () => {
  const node = process.execPath

  it('gives its exit code and what it said', async () => {
    const result = await run(node, ['-e', 'console.log("x"); console.error("y"); process.exit(3)'], {
      output: 'capture',
    })
    expect(result.code).toBe(3)
    expect(result.output).toContain('x')
    expect(result.output).toContain('y')
  })

  it('a command that does not exist is an answer, not an exception', async () => {
    expect((await run('no-such-command-here', [], { output: 'capture' })).code).toBe(127)
  })

  it('stops one that gives no sign of life, and leaves one alone that does', async () => {
    const silent = await run(node, ['-e', 'setTimeout(() => {}, 60000)'], { output: 'capture', idleMs: 300 })
    expect(silent.stopped).toBe('idle')
    let figure = 0
    const busy = await run(node, ['-e', 'setTimeout(() => {}, 2500)'], {
      output: 'capture',
      idleMs: 1500,
      alive: () => figure++,
    })
    expect(busy).toMatchObject({ code: 0 })
    expect(busy.stopped).toBeUndefined()
  })

  it('names the error of a long output', () => {
    expect(errorLine('doing\nError: no route to host\n    at x\n\nNode.js v20')).toBe('Error: no route to host')
    expect(errorLine('a\nlast words\n')).toBe('last words')
  })
})
