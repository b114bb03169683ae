import type { WireError } from '../../contract'
import { failed, onOneLine } from './options'
import type { Output } from './terminal'

type Row<T> = ({ readonly file: string } & T) | { readonly file: string; readonly error: WireError }

/** Prints rows as they come; broken files are named on stderr and make the exit code 1, as does an end before the last file. */
export async function printRows<T>(
  output: Output,
  found: { readonly skipped: number; readonly rows: AsyncIterable<Row<T>> },
  how: { readonly json: boolean; readonly text: (row: T) => string },
): Promise<void> {
  if (found.skipped > 0)
    output.say(`${found.skipped} files in the folders were skipped: no images, or not named by the DICOMDIR there.`)
  for await (const row of found.rows) {
    if ('error' in row) {
      output.fail()
      output.say(failed(row))
      if (how.json) output.data(JSON.stringify(row))
    } else output.data(how.json ? JSON.stringify(row) : onOneLine(`${how.text(row)}  ${row.file}`))
  }
  if (output.signal.aborted) output.say('Ended early: files that are not listed were not read.')
}
