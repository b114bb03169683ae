import { parseArgs } from 'node:util'
import { UsageError } from './errors.mjs'

/**
 * The part of the tests that a command line asks for; undefined: all of them.
 * @param {readonly string[]} args
 * @param {readonly string[]} parts
 * @throws {UsageError} for anything else: what is not understood must not run everything
 */
export function wantedPart(args, parts) {
  try {
    const { only } = parseArgs({ args: [...args], options: { only: { type: 'string' } } }).values
    if (only === undefined || parts.includes(only)) return only
  } catch {
    // Told below.
  }
  throw new UsageError(
    `npm test takes nothing but --only and one of: ${parts.join(', ')} (npm test -- --only unit). One file: npx vitest run FILE`,
  )
}
