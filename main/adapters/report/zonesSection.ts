import type { Content, TableCell } from 'pdfmake'
import type { CaseReport } from '../../domain/report'
import { heading, tableHead } from './parts'
import { COLOUR, HAIRLINES } from './theme'

/** Bits by zone, the alarm in red where it rang (or why it was not judged), and what to know of the outlines. */
export function zonesSection({ zones }: CaseReport): Content[] {
  const { alarm, rows } = zones
  const { raised } = alarm
  const verdict: Content = {
    ...{ text: alarm.text, fontSize: 8.5, bold: raised, color: raised ? COLOUR.lost : COLOUR.muted },
    margin: [0, 0, 0, 4],
  }
  const title = rows.length > 0 ? 'Where the bits lie' : 'Shortcut alarm'
  return [{ stack: [heading(title), verdict, ...zoneTable(zones)], unbreakable: true }]
}

function zoneTable({ rows, notes }: CaseReport['zones']): Content[] {
  if (rows.length === 0) return []
  const head = tableHead(['', 'Bits left', 'Share of what is left', 'Share on the film', 'Area'])
  const cell = (text: string): TableCell => ({ text, style: 'cell', alignment: 'right' })
  const body = rows.map(({ name, bits, share, filmShare, area }): TableCell[] => [
    { text: name, style: 'cell' },
    ...[bits, share, filmShare, area].map(cell),
  ])
  return [
    {
      table: { widths: ['*', ...Array<string>(4).fill('auto')], headerRows: 1, body: [head, ...body] },
      layout: HAIRLINES,
    },
    {
      text: ['Shares are of the bits above a flat picture. ', ...notes.map((note) => `${note} `)],
      style: 'small',
      margin: [0, 4, 0, 0],
    },
  ]
}
