import { delimiter, join } from 'node:path'
import { exists } from '../lib/cache.mjs'
import { ensureDebianPackages, isDebian, missingDebianPackages } from '../lib/debian.mjs'
import { hasDisplay } from '../lib/display.mjs'
import { SetupError } from '../lib/errors.mjs'
import { electronDebianPackages } from '../lib/pins.mjs'
import { run } from '../lib/run.mjs'
import { sandboxProblem } from '../lib/sandbox.mjs'
import { say } from '../lib/say.mjs'

const step = 'system'

/** A machine with a display of its own needs no Xvfb. */
const wanted = () =>
  hasDisplay() ? electronDebianPackages.filter((name) => name !== 'xvfb' && name !== 'xauth') : electronDebianPackages

/**
 * Libraries that the Electron binary is linked to and that this machine lacks; undefined where the loader cannot say.
 * @param {string} electron
 */
async function unresolvedLibraries(electron) {
  const { code, output } = await run('ldd', [electron], { output: 'capture' })
  if (code !== 0) return undefined
  return output
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0] ?? '')
}

const missingPackages = async () => ((await isDebian()) ? missingDebianPackages(wanted()) : [])

/** @param {string} command */
async function isOnPath(command) {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return (await Promise.all(folders.map((folder) => exists(join(folder, command))))).some(Boolean)
}

/** What Electron needs and this machine lacks, whatever its packages are called. @param {string} electron */
async function lacking(electron) {
  const libraries = (await unresolvedLibraries(electron)) ?? (await missingPackages())
  const screen = []
  if (!hasDisplay()) for (const name of ['xvfb-run', 'xauth']) if (!(await isOnPath(name))) screen.push(name)
  return [...libraries, ...screen]
}

/** @param {string} electron path of the binary */
export async function systemReady(electron) {
  if (process.platform !== 'linux') return true
  return (await lacking(electron)).length === 0 && (await sandboxProblem(electron)) === undefined
}

/** @param {string} electron path of the binary */
export async function installSystemLibraries(electron) {
  if ((await lacking(electron)).length > 0 && (await isDebian())) await ensureDebianPackages(wanted(), step)
  const missing = await lacking(electron)
  if (missing.length > 0) {
    say(step, `on Debian these come with: ${wanted().join(' ')}`)
    throw new SetupError(`Electron needs what this machine lacks: ${missing.join(' ')}. Please install it.`)
  }
  const problem = await sandboxProblem(electron)
  if (problem) throw new SetupError(problem)
}
