import { parseArgs } from 'node:util'
import { UsageError } from './errors.mjs'

/**
 * The switches of a command line.
 * @template {string} Name
 * @param {readonly string[]} args
 * @param {{ command: string, names: readonly Name[] }} known command: as a person types it
 * @returns {ReadonlySet<Name>}
 * @throws {UsageError} for anything else: what is mistyped must not pass as not said
 */
export function flagsOf(args, { command, names }) {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: /** @type {const} */ ('boolean') }]))
    const { values } = parseArgs({ args: [...args], options })
    return new Set(names.filter((name) => values[name]))
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    const usage = `Usage: ${command} [-- ${names.map((name) => `[--${name}]`).join(' ')}]`
    throw new UsageError(`${said}.\n${usage}`, { cause })
  }
}
