import { ensureDebianPackages, isDebian, missingDebianPackages } from '../lib/debian.mjs'
import { SetupError } from '../lib/errors.mjs'
import { electronDebianPackages } from '../lib/pins.mjs'
import { run } from '../lib/run.mjs'
import { say } from '../lib/say.mjs'

const step = 'system'

/** A machine with a display of its own needs no Xvfb. */
const wanted = () =>
  process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
    ? electronDebianPackages.filter((name) => name !== 'xvfb' && name !== 'xauth')
    : electronDebianPackages

/** Libraries that the Electron binary is linked to and that this machine lacks. @param {string} electron */
async function unresolvedLibraries(electron) {
  const { output } = await run('ldd', [electron], { output: 'capture' })
  return output
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0] ?? '')
}

/** @param {string} electron path of the binary */
export async function systemReady(electron) {
  if (process.platform !== 'linux') return true
  if (await isDebian()) return (await missingDebianPackages(wanted())).length === 0
  return (await unresolvedLibraries(electron)).length === 0
}

/** @param {string} electron path of the binary */
export async function installSystemLibraries(electron) {
  if (await isDebian()) return ensureDebianPackages(wanted(), step)
  const missing = await unresolvedLibraries(electron)
  if (missing.length === 0) return
  say(step, `on Debian these come with: ${wanted().join(' ')}`)
  throw new SetupError(`Electron needs libraries that this machine lacks: ${missing.join(' ')}. Please install them.`)
}
