import { setTimeout as sleep } from 'node:timers/promises'
import { exists } from './cache.mjs'
import { SetupError } from './errors.mjs'
import { lastLine, run } from './run.mjs'
import { say, withHeartbeat } from './say.mjs'

/** Other systems may have Debian's package tools too, but not its packages. */
export const isDebian = async () =>
  (await exists('/etc/debian_version')) && (await run('dpkg-query', ['--version'], { output: 'capture' })).code === 0

/**
 * Newer releases renamed libraries with 64-bit time (`libasound2` → `libasound2t64`); either name counts.
 * @param {readonly string[]} wanted
 * @param {string} dpkgOutput lines `name status`, as dpkg-query prints them
 */
export function missingPackages(wanted, dpkgOutput) {
  const installed = new Set(
    dpkgOutput
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}

/** @param {readonly string[]} wanted */
export async function missingDebianPackages(wanted) {
  const names = wanted.flatMap((name) => [name, `${name}t64`])
  const { output } = await run('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...names], {
    output: 'capture',
  })
  return missingPackages(wanted, output)
}

/** A machine that has just started may be updating itself. */
const lockPatienceS = 300

/** @param {readonly string[]} packages */
const aptLine = (packages) => `apt-get install -y --no-install-recommends ${packages.join(' ')}`

/**
 * Installs what is missing where we may (root and apt); else says the one line to run.
 * @param {readonly string[]} wanted
 * @param {string} step
 */
export async function ensureDebianPackages(wanted, step) {
  const missing = (await isDebian()) ? await missingDebianPackages(wanted) : wanted
  if (missing.length === 0) return
  const mayInstall = process.getuid?.() === 0 && (await run('apt-get', ['--version'], { output: 'capture' })).code === 0
  if (!mayInstall) {
    const names = await releaseNames(missing)
    throw new SetupError(
      `these system packages are missing: ${names.join(' ')}\n  please run:  sudo apt-get update && sudo ${aptLine(names)}`,
    )
  }
  say(step, `installing Debian packages: ${missing.join(' ')}`)
  const apt = (/** @type {readonly string[]} */ args) =>
    run('apt-get', ['-q', '-o', `DPkg::Lock::Timeout=${lockPatienceS}`, ...args], {
      output: 'capture',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  await withHeartbeat({ step, label: 'apt-get' }, async () => {
    await patiently(() => apt(['update']))
    const names = await releaseNames(missing)
    const result = await apt(['install', '-y', '--no-install-recommends', ...names])
    if (result.code !== 0) {
      throw new SetupError(
        `apt-get could not install ${names.join(' ')}: ${lastLine(result.output)}\n  please run:  ${aptLine(names)}`,
      )
    }
  })
}

/**
 * Of the two locks apt-get itself waits for dpkg's alone, and not for that of the package lists.
 * @param {() => Promise<{ output: string }>} update
 * @param {{ everyMs?: number, patienceMs?: number }} [options]
 */
export async function patiently(update, { everyMs = 3000, patienceMs = lockPatienceS * 1000 } = {}) {
  const end = Date.now() + patienceMs
  while (/lists\/lock\b/.test((await update()).output) && Date.now() < end) await sleep(everyMs)
}

/** The names this release of Debian or Ubuntu knows the packages by. @param {readonly string[]} packages */
async function releaseNames(packages) {
  const { output } = await run('apt-cache', ['pkgnames'], { output: 'capture' })
  const known = new Set(output.split('\n'))
  return packages.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name))
}
