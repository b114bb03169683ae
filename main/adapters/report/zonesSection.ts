import type { Content, TableCell } from 'pdfmake'
import type { CaseReport } from '../../domain/report'
import { detailBars } from './detailBars'
import { heading, tableHead } from './parts'
import { COLOUR, HAIRLINES } from './theme'

/** Of the bars beside the zones, and between both, points. */
const BARS = { width: 132, gap: 24 } as const
/** Of the columns of figures where bars stand beside them, points: their heads take two lines, their figures one. */
const NARROW = [32, 46, 40, 26, 26] as const

/**
 * Bits by zone, the alarm in red where it rang (or why it was not judged), and what to know of the outlines; beside the zones
 * what is left of each scale of the film's detail.
 */
export function zonesSection({ zones, detailByWidth }: CaseReport): Content[] {
  const { alarm, rows } = zones
  const { raised } = alarm
  const verdict: Content = {
    text: alarm.text,
    fontSize: 8.5,
    bold: raised,
    color: raised ? COLOUR.lost : COLOUR.muted,
    margin: [0, 0, 0, 4],
  }
  const title = rows.length > 0 ? 'Where the bits lie' : 'Shortcut alarm'
  const table = zoneTable(rows)
  const bars: Content[] = detailByWidth === null ? [] : [{ svg: detailBars(detailByWidth, BARS.width) }]
  const beside: Content = {
    columns: [
      { width: '*', stack: table },
      { width: BARS.width, stack: bars },
    ],
    columnGap: BARS.gap,
  }
  const body = table.length > 0 && bars.length > 0 ? [beside] : [...table, ...bars]
  return [{ stack: [heading(title), verdict, ...body, ...outlineNotes(zones)], unbreakable: true }]
}

function zoneTable(rows: CaseReport['zones']['rows']): Content[] {
  if (rows.length === 0) return []
  const detailed = rows.some(({ detail }) => detail !== undefined)
  const names = [
    'Bits left',
    'Share of what is left',
    'Share on the film',
    ...(detailed ? ['Detail left'] : []),
    'Area',
  ]
  const cell = (text: string): TableCell => ({ text, style: 'cell', alignment: 'right', noWrap: true })
  const body = rows.map(({ name, bits, share, filmShare, detail, area }): TableCell[] => [
    { text: name, style: 'cell' },
    ...[bits, share, filmShare, ...(detailed ? [detail ?? '–'] : []), area].map(cell),
  ])
  const widths = ['*', ...(detailed ? NARROW : names.map(() => 'auto'))]
  return [{ table: { widths, headerRows: 1, body: [tableHead(['', ...names]), ...body] }, layout: HAIRLINES }]
}

function outlineNotes({ rows, notes }: CaseReport['zones']): Content[] {
  if (rows.length === 0) return []
  const text = ['Shares are of the bits above a flat picture. ', ...notes.map((note) => `${note} `)]
  return [{ text, style: 'small', margin: [0, 4, 0, 0] }]
}
