/** What a cell holds; nothing is written where it is not known. */
export type CsvCell = string | number | boolean | null | undefined

/**
 * Comma-separated values by RFC 4180: every line ends with a carriage return and a line feed. A text that a spreadsheet would
 * take for a formula is led by an apostrophe, also where one that separates by semicolons would cut it: there quotes inside a
 * cell hold nothing together, and a line end begins a row.
 */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')
}

function written(cell: CsvCell): string {
  if (typeof cell !== 'string') return String(cell ?? '')
  const harmless = cell.replace(/(?<=^|[;\t\r\n])(?=[=+\-@\t\r])/g, "'")
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
