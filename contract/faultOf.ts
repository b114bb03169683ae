import { SimpleBitsError, type ErrorCode } from './errors'

/**
 * A failure as the log may hold it.
 *
 * @property where of a fault of the program itself: kinds of the errors, from the outermost to its causes, and where each was thrown
 */
export type Fault = { readonly code: ErrorCode; readonly where?: string[] }

const MOST_CAUSES = 5
const MOST_CALLS = 8

/** What the log may know of a failure: nothing of its message, which may name a file and so a patient. */
export function faultOf(error: unknown): Fault {
  const { code } = SimpleBitsError.from(error)
  return code === 'INTERNAL' ? { code, where: whereOf(error) } : { code }
}

function whereOf(error: unknown): string[] {
  const lines: string[] = []
  let at = error
  for (let depth = 0; depth < MOST_CAUSES && at instanceof Error; depth++) {
    lines.push(at.name, ...callsOf(at))
    at = at.cause
  }
  return lines
}

function callsOf({ stack = '', message }: Error): string[] {
  const calls = stack
    .replace(message, '')
    .split('\n')
    .map((line) => line.trim())
  return calls.filter((line) => line.startsWith('at ')).slice(0, MOST_CALLS)
}
