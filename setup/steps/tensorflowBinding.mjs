import { cp, lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { allExist, repository } from '../lib/cache.mjs'

/** The npm package whose compiled binding (lib/) and library (deps/) live in the user's cache and are linked in. */
export const bindingPackage = join(repository, 'node_modules/@tensorflow/tfjs-node-gpu')

const linkedParts = ['lib', 'deps']

export const bindingIn = (/** @type {string} */ folder) => join(folder, 'lib/napi-v8/tfjs_binding.node')

/** Does a cached binding have all its parts? Its library may be a link to an unpacked wheel. @param {string} folder */
export async function isWhole(folder) {
  const libraries = await readdir(join(folder, 'deps/lib')).catch(() => [])
  return (
    libraries.length > 0 && allExist([bindingIn(folder), ...libraries.map((name) => join(folder, 'deps/lib', name))])
  )
}

/** Windows ends what it says of a junction in a backslash. @param {string} link @param {string} target */
const leadsTo = async (link, target) => resolve(await readlink(link).catch(() => '')) === resolve(target)

/** Does the npm package use this binding? @param {string} folder */
export async function isLinked(folder) {
  const linked = await Promise.all(linkedParts.map((part) => leadsTo(join(bindingPackage, part), join(folder, part))))
  return linked.every(Boolean)
}

/** Puts links to a cached binding where the npm package looks for it. @param {string} folder */
export async function linkBinding(folder) {
  for (const part of linkedParts) {
    const link = join(bindingPackage, part)
    if (await leadsTo(link, join(folder, part))) continue
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
