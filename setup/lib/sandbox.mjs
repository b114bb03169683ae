import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from './run.mjs'

const COMMAND_NOT_FOUND = 127

/**
 * @typedef {object} SandboxFacts
 * @property {{ uid: number, mode: number } | undefined} helper Chromium's own helper beside the Electron binary
 * @property {boolean} restricted AppArmor takes user namespaces of ordinary programs their powers (Ubuntu 23.10 and newer)
 * @property {number} unshare exit code of a command in a user namespace of its own
 */

/**
 * Chromium fences its windows in by user namespaces, else by its helper, which then must be root's and run as root.
 * @param {SandboxFacts} facts
 */
export function canSandbox({ helper, restricted, unshare }) {
  if (helper?.uid === 0 && (helper.mode & 0o4001) === 0o4001) return true
  return !restricted && (unshare === 0 || unshare === COMMAND_NOT_FOUND)
}

/**
 * @param {string} electron path of the binary
 * @returns {Promise<string | undefined>} what to do so that an ordinary user can start it; root runs it without the fence
 */
export async function sandboxProblem(electron) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return undefined
  const path = join(dirname(electron), 'chrome-sandbox')
  const restriction = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
  const facts = {
    helper: await stat(path).catch(() => undefined),
    restricted: (await readFile(restriction, 'utf8').catch(() => '')).trim() === '1',
    unshare: (await run('unshare', ['-Ur', 'true'], { output: 'capture' })).code,
  }
  if (canSandbox(facts)) return undefined
  return (
    'Electron would not start: this machine lets ordinary users make no user namespaces, and its sandbox helper is not set up.\n' +
    `  please run:  sudo chown root:root '${path}' && sudo chmod 4755 '${path}'`
  )
}
