import { RESEARCH_USE_ONLY, type WireError } from '../../contract'
import { requireFound, sayPassedOver } from './found'
import type { Output } from './terminal'
import { failed, onOneLine } from './words'

type Row<T> = ({ readonly file: string } & T) | { readonly file: string; readonly error: WireError }

/**
 * Prints rows as they come; broken files are named on stderr and make the exit code 1,
 * as does an end before the last file, or no file at all.
 */
export async function printRows<T>(
  output: Output,
  found: { readonly skipped: number; readonly rows: AsyncIterable<Row<T>> },
  how: {
    readonly json: boolean
    readonly text: (row: T) => string
    readonly seen?: (row: T) => void
    readonly foot?: () => string
  },
): Promise<void> {
  sayPassedOver(output, found.skipped)
  let [files, sound] = [0, 0]
  for await (const row of found.rows) {
    files++
    if ('error' in row) {
      output.fail()
      output.say(failed(row))
      if (how.json) output.data(JSON.stringify(row))
      continue
    }
    sound++
    how.seen?.(row)
    output.data(how.json ? JSON.stringify(row) : onOneLine(`${how.text(row)}  ${row.file}`))
  }
  requireFound(output, files)
  if (output.signal.aborted) output.say('Ended early: files that are not listed were not read.')
  if (sound > 0 && how.foot) output.say(how.foot())
  if (files > 0) output.say(`${RESEARCH_USE_ONLY}.`)
}
