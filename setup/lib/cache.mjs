import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository this set-up belongs to. */
export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Per-user cache: survives fresh clones and `rm -rf node_modules`. */
export const cacheRoot = () => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'simplebits')

/** Short name for a set of inputs: the same inputs, the same key. */
export const keyOf = (/** @type {readonly string[]} */ ...inputs) =>
  createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16)

/** @param {string} file @returns {Promise<string>} lower-case hex */
export async function sha256OfFile(file) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}

/** @param {string} path */
export const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** @param {readonly string[]} paths */
export const allExist = async (paths) => (await Promise.all(paths.map(exists))).every(Boolean)

/**
 * One hash over the content and the names of files and folders (recursive); missing ones count as empty.
 * @param {readonly string[]} paths relative to `root`
 * @param {string} [root]
 */
export async function hashFiles(paths, root = repository) {
  const hash = createHash('sha256')
  /** @type {(path: string) => Promise<void>} */
  const add = async (path) => {
    const entry = await stat(join(root, path)).catch(() => undefined)
    if (entry?.isDirectory()) {
      for (const name of (await readdir(join(root, path))).sort()) await add(join(path, name))
    } else if (entry?.isFile()) {
      hash.update(`${path}\0`).update(await readFile(join(root, path)))
    }
  }
  for (const path of paths) await add(path)
  return hash.digest('hex')
}

/** @param {string} file @returns {Promise<unknown>} undefined where the file is missing or not JSON */
export async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Written beside and renamed, so that a reader never sees half a file. @param {string} file @param {unknown} value */
export async function writeJson(file, value) {
  await mkdir(dirname(file), { recursive: true })
  const part = `${file}.${process.pid}.part`
  await writeFile(part, `${JSON.stringify(value, null, 2)}\n`)
  await rename(part, file)
}

/** A stamp says for which inputs a result was made. @param {string} file @param {string} key */
export async function isStamped(file, key) {
  return (await readFile(file, 'utf8').catch(() => '')).trim() === key
}

/** @param {string} file @param {string} key */
export async function stamp(file, key) {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${key}\n`)
}

/**
 * Makes a cached folder in one piece: filled under another name, then renamed. An interrupted run leaves nothing that
 * looks finished.
 * @param {string} folder
 * @param {(part: string) => Promise<void>} fill
 */
export async function makeFolder(folder, fill) {
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true })
  await fill(part)
  await rm(folder, { recursive: true, force: true })
  await rename(part, folder)
}

/** Bytes of all files below a folder; 0 where there is none. @param {string} folder @returns {number} */
export function folderBytes(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0)
  } catch {
    return 0
  }
}
