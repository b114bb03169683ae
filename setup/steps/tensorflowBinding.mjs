import { cp, lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from '../lib/cache.mjs'

/** The npm package whose compiled binding (lib/) and library (deps/) live in the user's cache and are linked in. */
export const bindingPackage = join(repository, 'node_modules/@tensorflow/tfjs-node-gpu')

const linkedParts = ['lib', 'deps']

/** Puts links to a cached binding where the npm package looks for it. @param {string} folder */
export async function linkBinding(folder) {
  for (const part of linkedParts) {
    const link = join(bindingPackage, part)
    if ((await readlink(link).catch(() => '')) === join(folder, part)) continue
    await rm(link, { recursive: true, force: true })
    await symlink(join(folder, part), link, 'junction')
  }
}

export async function unlinkBinding() {
  for (const part of linkedParts) {
    const link = join(bindingPackage, part)
    if (await lstat(link).catch(() => undefined)) await rm(link, { recursive: true, force: true })
  }
}

/** Moves what the package's own installer left inside it to the cache. @param {string} folder */
export async function adoptInstalledBinding(folder) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const part of linkedParts) {
    await cp(join(bindingPackage, part), join(folder, part), { recursive: true, verbatimSymlinks: true })
  }
  await unlinkBinding()
}
