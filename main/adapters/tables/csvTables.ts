import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'csv-parse/sync'
import { SimpleBitsError } from '../../../contract'
import type { TableSource } from '../../ports'

const MOST_BYTES = 100 * 1024 * 1024
const MOST_COLUMNS = 500

/** CSV files, with comma, semicolon or tab; in UTF-8, or as spreadsheets of Western Windows save them. */
export const csvTables: TableSource = {
  async read(path) {
    try {
      const { size } = await stat(path)
      if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES / 1024 / 1024} MB`)
      const text = textOf(await readFile(path))
      const [columns = [], ...rows] = parse(text, {
        bom: true,
        skip_empty_lines: true,
        relax_column_count: true,
        relax_quotes: true,
        trim: true,
        delimiter: delimiterOf(text),
      })
      if (columns.length === 0) throw new Error('it has no header')
      if (columns.length > MOST_COLUMNS) throw new Error(`it has more than ${MOST_COLUMNS} columns`)
      return { columns: named(columns), rows }
    } catch (cause) {
      if (Object(cause).code === 'ENOENT')
        throw new SimpleBitsError('FILE_NOT_FOUND', `There is no table “${basename(path)}” there.`, { cause })
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new SimpleBitsError(
        'FILE_UNREADABLE',
        `“${basename(path)}” cannot be read as a table (${reason}). Save it as CSV with a header line and try again.`,
        { cause },
      )
    }
  },
}

/** Text that is no UTF-8 comes from Windows-1252, in which every byte means something. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The one of the three that stands most often in the header. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1)
  const times = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].reduce((best, one) => (times(one) > times(best) ? one : best))
}

/** Columns are known by their names: an empty or repeated one gets its place. */
function named(columns: readonly string[]): string[] {
  const seen = new Set<string>()
  return columns.map((name, i) => {
    const own = name === '' || seen.has(name) ? `${name || 'column'} (${i + 1})` : name
    seen.add(own)
    return own
  })
}
