import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/**
 * A library as package-lock.json holds it, under the folder it lies in (`node_modules/a/node_modules/b`).
 * @typedef {object} LockedLibrary
 * @property {string} [version]
 * @property {string} [license]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, { optional?: boolean }>} [peerDependenciesMeta]
 */
/** @typedef {Record<string, LockedLibrary>} Lock */

const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*['"](?!\.|node:)((?:@[\w.-]+\/)?[\w.-]+)/g
const LICENCE_FILE = /^(licen[cs]e|copying|notice|third_party)/i

/** Names of the libraries that a source imports. @param {string} source @returns {string[]} */
export const importedLibraries = (source) => [...source.matchAll(IMPORTED)].map((match) => match[1] ?? '')

/**
 * Folders of the named libraries and of all that these need, sorted. Wider than the bundle, which leaves out what is not
 * used; Vite's own list (build.license) knows neither style sheets with their fonts nor what stays beside the bundle.
 * @param {Lock} lock @param {readonly string[]} names @returns {string[]}
 */
export function libraryFolders(lock, names) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @type {(name: string, from: string) => void} */
  const add = (name, from) => {
    const folder = folderOf(lock, name, from)
    if (folder === undefined || found.has(folder)) return
    found.add(folder)
    for (const needed of neededBy(lock[folder] ?? {})) add(needed, folder)
  }
  for (const name of names) add(name, '')
  return [...found].sort()
}

/** Node's way: beside the library that asks, else one folder up. @type {(lock: Lock, name: string, from: string) => string | undefined} */
function folderOf(lock, name, from) {
  const folder = join(from, 'node_modules', name)
  if (folder in lock) return folder
  return from === '' ? undefined : folderOf(lock, name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))))
}

/** @param {LockedLibrary} library */
function neededBy({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }) {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional)
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
}

/**
 * LICENSES.txt: name, version and licence texts of each library that is installed.
 * @param {string} root the folder that holds node_modules @param {Lock} lock @param {readonly string[]} folders
 */
export async function licencesText(root, lock, folders) {
  const parts = await Promise.all(folders.map((folder) => licenceOf(root, folder, lock[folder] ?? {})))
  return asOneText(parts.filter((part) => part !== ''))
}

/** @param {readonly string[]} parts */
const asOneText = (parts) => parts.join(`\n\n${'-'.repeat(80)}\n\n`) + '\n'

/** @param {string} root @param {string} folder @param {LockedLibrary} library */
async function licenceOf(root, folder, { version, license }) {
  const place = join(root, folder)
  // Libraries for other systems are locked but not installed, and not shipped.
  const files = (await readdir(place).catch(() => [])).filter(
    (name) => name === 'package.json' || LICENCE_FILE.test(name),
  )
  if (files.length === 0) return ''
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const texts = files.filter((file) => file !== 'package.json').map((file) => readFile(join(place, file), 'utf8'))
  const body = texts.length > 0 ? await Promise.all(texts) : [await withoutText(place)]
  return [`${name} ${version ?? ''} (${license ?? 'licence not named'})`, ...body.map((text) => text.trim())].join(
    '\n\n',
  )
}

/** @param {string} place */
async function withoutText(place) {
  const { homepage, repository } = JSON.parse(await readFile(join(place, 'package.json'), 'utf8'))
  const source = repository?.url ?? repository ?? homepage ?? 'not named'
  return `The package holds no text of its licence. Its source: ${source}`
}

/** Every library that the package holds. @param {string} root */
export async function shippedLicences(root) {
  /** @type {(name: string) => Promise<any>} */
  const json = async (name) => JSON.parse(await readFile(join(root, name), 'utf8'))
  const { dependencies, devDependencies } = await json('package.json')
  const { packages } = await json('package-lock.json')
  const imported = await importsOf(root, ['contract', 'electron', 'main', 'renderer'])
  // Electron lays its own licences beside the program.
  const bundled = Object.keys(devDependencies).filter((name) => imported.has(name) && name !== 'electron')
  return licencesText(root, packages, libraryFolders(packages, [...Object.keys(dependencies), ...bundled]))
}

/**
 * Every text of a licence below a folder, under its place there: for a library that brings those of all it holds.
 * @param {string} folder
 */
export async function licencesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const parts = files.map(async (file) => `${relative(folder, file)}\n\n${(await readFile(file, 'utf8')).trim()}`)
  return asOneText(await Promise.all(parts))
}

/** @param {string} root @param {readonly string[]} rooms */
async function importsOf(root, rooms) {
  /** @type {Set<string>} */
  const names = new Set()
  for (const room of rooms) {
    for (const entry of await readdir(join(root, room), { recursive: true, withFileTypes: true })) {
      if (!/\.(ts|vue|css)$/.test(entry.name)) continue
      const source = await readFile(join(entry.parentPath, entry.name), 'utf8')
      for (const name of importedLibraries(source)) names.add(name)
    }
  }
  return names
}
