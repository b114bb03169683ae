import { join } from 'node:path'
import { readJson, repository } from '../lib/cache.mjs'
import { SetupError } from '../lib/errors.mjs'
import { npmCommand } from '../lib/npm.mjs'
import { run } from '../lib/run.mjs'
import { say, withHeartbeat } from '../lib/say.mjs'

const step = 'packages'

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} LockFile */

/**
 * Does the installed tree hold what the lock file asks for? (npm keeps its own record of what it installed.)
 * @param {LockFile | undefined} lock package-lock.json
 * @param {LockFile | undefined} installed node_modules/.package-lock.json
 */
export function isInstalled(lock, installed) {
  if (!lock?.packages || !installed?.packages) return false
  const there = installed.packages
  return Object.entries(lock.packages).every(([path, wanted]) => {
    const found = there[path]
    if (path === '' || (!found && wanted.optional)) return true
    return found?.version === wanted.version && found?.integrity === wanted.integrity
  })
}

const readLock = async (/** @type {string} */ path) =>
  /** @type {LockFile | undefined} */ (await readJson(join(repository, path)))

export const packagesReady = async () =>
  isInstalled(await readLock('package-lock.json'), await readLock('node_modules/.package-lock.json'))

/** `npm ci`, with the scripts of packages off (.npmrc): what they would fetch is fetched by the other steps. */
export async function installPackages() {
  say(step, 'npm ci: installing the npm packages of package-lock.json')
  const result = await withHeartbeat({ step, label: 'npm ci' }, () =>
    run(...npmCommand(['ci', '--include=dev', '--include=optional', '--loglevel=error']), { cwd: repository }),
  )
  if (result.code !== 0) {
    throw new SetupError('npm ci failed (its own words stand above). Is the package registry of your npm reachable?')
  }
  if (!(await packagesReady()))
    throw new SetupError('npm ci left packages out. Look at NODE_ENV and at: npm config get omit')
}
