import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onDisplay, sandboxArguments } from './display.mjs'
import { SetupError } from './errors.mjs'
import { lastLine, run } from './run.mjs'
import { say } from './say.mjs'

const MINUTES = 10

/**
 * Runs an unpacked package as its user would, who has neither Node nor the repository: the self-check, every bundled film
 * classified, the demonstration in the window.
 * @param {string} program the unpacked package @param {string} step
 * @throws {SetupError} where something of it does not work
 */
export async function tryPackage(program, step) {
  const home = await mkdtemp(join(tmpdir(), 'simplebits-user-'))
  const { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, XDG_RUNTIME_DIR } = process.env
  const env = {
    HOME: home,
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    ...{ DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, XDG_RUNTIME_DIR },
  }
  /** @type {(command: string, args: readonly string[], what: string) => Promise<string>} */
  const use = async (command, args, what) => {
    say(step, `trying ${what}`)
    const result = await run(command, args, { cwd: home, env, output: 'capture', timeoutMs: MINUTES * 60_000 })
    if (result.code === 0) return result.output
    process.stderr.write(result.output)
    throw new SetupError(`the package does not work: ${what} ended with ${result.code} (${lastLine(result.output)})`)
  }
  try {
    const films = join(program, 'resources/demo')
    await use(join(program, 'simplebits'), ['selfcheck'], 'the self-check')
    await use(join(program, 'simplebits'), ['classify', films, '--force'], 'the command line')
    const shown = await use(
      ...onDisplay(join(program, 'simplebits-workstation'), [
        ...sandboxArguments(),
        '--demo',
        `--demo-out=${home}/demo`,
      ]),
      'the demonstration',
    )
    const expected = (await readdir(films)).filter((name) => name.endsWith('.dcm')).length
    if (!shown.includes(`${expected} films classified`)) {
      throw new SetupError(`the package does not show all of its ${expected} films:\n${shown}`)
    }
    if ((await stat(join(home, 'demo/report.pdf'))).size === 0) throw new SetupError('its report is empty')
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 })
  }
}
