import type { WireError } from '../../contract'
import { requireFound, sayPassedOver } from './found'
import { failed, onOneLine } from './options'
import type { Output } from './terminal'

type Row<T> = ({ readonly file: string } & T) | { readonly file: string; readonly error: WireError }

/**
 * Prints rows as they come; broken files are named on stderr and make the exit code 1,
 * as does an end before the last file, or no file at all.
 */
export async function printRows<T>(
  output: Output,
  found: { readonly skipped: number; readonly rows: AsyncIterable<Row<T>> },
  how: { readonly json: boolean; readonly text: (row: T) => string },
): Promise<void> {
  sayPassedOver(output, found.skipped)
  let files = 0
  for await (const row of found.rows) {
    files++
    if ('error' in row) {
      output.fail()
      output.say(failed(row))
      if (how.json) output.data(JSON.stringify(row))
    } else output.data(how.json ? JSON.stringify(row) : onOneLine(`${how.text(row)}  ${row.file}`))
  }
  requireFound(output, files)
  if (output.signal.aborted) output.say('Ended early: files that are not listed were not read.')
}
