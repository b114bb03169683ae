import type { Content, TableCell } from 'pdfmake'
import type { CaseReport } from '../../domain/report'
import { heading, tableHead } from './parts'
import { COLOUR, HAIRLINES } from './theme'

/** Bits by zone, the alarm in red where it rang, and what to know of the outlines. */
export function zonesSection({ zones }: CaseReport): Content[] {
  if (!zones) return []
  const head = tableHead(['', 'Bits left', 'Share of what is left', 'Share on the film', 'Area'])
  const cell = (text: string): TableCell => ({ text, style: 'cell', alignment: 'right' })
  const rows = zones.rows.map(({ name, bits, share, filmShare, area }): TableCell[] => [
    { text: name, style: 'cell' },
    ...[bits, share, filmShare, area].map(cell),
  ])
  const { alarm } = zones
  return [
    {
      stack: [
        heading('Where the bits lie'),
        ...(alarm
          ? [
              {
                text: alarm.text,
                fontSize: 8.5,
                bold: alarm.raised,
                color: alarm.raised ? COLOUR.lost : COLOUR.muted,
                margin: [0, 0, 0, 4] as [number, number, number, number],
              },
            ]
          : []),
        {
          table: { widths: ['*', ...Array<string>(4).fill('auto')], headerRows: 1, body: [head, ...rows] },
          layout: HAIRLINES,
        },
        {
          text: ['Shares are of the bits above a flat picture. ', ...zones.notes.map((note) => `${note} `)],
          style: 'small',
          margin: [0, 4, 0, 0],
        },
      ],
      unbreakable: true,
    },
  ]
}
