import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../setup/lib/errors.mjs'
import { npmCommand } from '../../../setup/lib/npm.mjs'
import { setupFlags } from '../../../setup/prepare.mjs'

describe('flags', () => {
  it('name the device and the wish to try again', () => {
    const of = (...args: string[]) => setupFlags(args, { command: 'npm run demo', own: ['headless'] })
    expect(of('--gpu', '--refresh')).toMatchObject({ device: 'gpu', refresh: true })
    expect(of('--cpu')).toMatchObject({ device: 'cpu', refresh: false })
    expect(of()).toEqual({ refresh: false, own: new Set() })
    expect([of('--headless').own.has('headless'), of('--cpu').own.has('headless')]).toEqual([true, false])
  })

  it.each([[['--mistyped']], [['gpu']], [['--gpu=yes']], [['--gpu', '--cpu']], [['--no-refresh']]])(
    'that are not understood are not passed over: %j',
    (args) => {
      expect(() => setupFlags(args, { command: 'npm run setup' })).toThrow(UsageError)
    },
  )

  it('are told with the way to call it', () => {
    const called = () => setupFlags(['--mistyped'], { command: 'npm run demo', own: ['headless'] })
    expect(called).toThrow(
      "Unknown option '--mistyped'.\nUsage: npm run demo [-- [--gpu] [--cpu] [--refresh] [--headless]]",
    )
  })
})

describe('npm as it is started', () => {
  const args = ['ci']

  it('is its own command, but a script of Node’s or cmd.exe’s on Windows, where it is a batch file', () => {
    expect(npmCommand(args, { platform: 'linux', env: { npm_execpath: '/x/npm-cli.js' } })).toEqual(['npm', args])
    const script = 'C:\\npm\\bin\\npm-cli.js'
    expect(npmCommand(args, { platform: 'win32', env: { npm_execpath: script } })).toEqual([
      process.execPath,
      [script, 'ci'],
    ])
    // Another package manager has started it, or none.
    for (const env of [{ npm_execpath: 'C:\\yarn.js' }, {}])
      expect(npmCommand(args, { platform: 'win32', env })).toEqual(['cmd.exe', ['/d', '/c', 'npm.cmd', 'ci']])
  })
})
