import { cacheRoot } from './cache.mjs'
import { SetupError, UsageError } from './errors.mjs'

/** As those of the command line. */
const [FAILED, WRONG_USAGE] = [1, 2]
const FULL = ['ENOSPC', 'EDQUOT']
const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']

/**
 * What a file system refuses, in words; undefined for any other fault, which is ours and shows where.
 * @param {unknown} error
 */
export function refusalWords(error) {
  const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error)
  const what = FULL.includes(code)
    ? 'No space is left'
    : FORBIDDEN.includes(code)
      ? 'The set-up may not write here'
      : undefined
  return (
    what &&
    `${what}: ${message}\nWhat the set-up fetches is kept in ${cacheRoot()} (below another folder: XDG_CACHE_HOME), the rest in this clone.`
  )
}

/**
 * Runs a script's work and turns its outcome into the exit code; a SetupError is told in its own words, one of usage has code 2.
 * @param {() => Promise<number>} work resolves to the exit code
 */
export async function main(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    const words = error instanceof SetupError ? error.message : refusalWords(error)
    if (words === undefined) throw error
    process.stderr.write(`\n${words}\n`)
    process.exitCode = error instanceof UsageError ? WRONG_USAGE : FAILED
  }
}
