import type { Content, TableCell } from 'pdfmake'
import { COLOUR, HAIRLINES } from './theme'

/** Parts that all reports are put together from. */

interface Fact {
  readonly label: string
  readonly value: string
}

/** Never left alone at a page's end (`pageSettings`). */
export function heading(text: string): Content {
  return { text, style: 'heading', headlineLevel: 1 }
}

/** A table's first row: words on the left, figures on the right. */
export function tableHead(names: readonly string[]): TableCell[] {
  return names.map((text, i) => ({ text, style: 'tableHead', alignment: i === 0 ? 'left' : 'right' }))
}

/** Too long for a column of the grid: UIDs, file names. */
const LONG_WORD = /(\S{17,})/u

/** Facts in a grid of small labels over values. */
export function factGrid(facts: readonly Fact[], columns: number): Content {
  const cells = facts.map(({ label, value }): TableCell => ({
    stack: [
      { text: label, style: 'label' },
      { text: brokenWhereLong(value), fontSize: 8.5, margin: [0, 1, 6, 0] },
    ],
  }))
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    Array.from({ length: columns }, (_cell, column): TableCell => cells[row * columns + column] ?? { text: '' }),
  )
  return {
    table: { widths: Array<string>(columns).fill('*'), body: rows },
    layout: { ...HAIRLINES, hLineWidth: () => 0, paddingLeft: () => 0, paddingTop: () => 2 },
  }
}

/** Every second piece is a long word. */
const brokenWhereLong = (text: string) =>
  text.split(LONG_WORD).map((piece, i) => ({ text: piece, wordBreak: i % 2 === 1 ? 'break-all' : 'normal' }) as const)

/** A heading over points. */
export function bulletSection(title: string, points: readonly string[]): Content {
  const list = points.map((text): Content => ({ text, margin: [0, 0, 0, 2.5] }))
  return { stack: [heading(title), { ul: list, fontSize: 7.3, lineHeight: 1.15, markerColor: COLOUR.accent }] }
}

/** Facts one after the other in running text, labels muted. */
export function labelledRun(facts: readonly Fact[], { bold = false } = {}) {
  return facts.flatMap(({ label, value }, i) => [
    { text: `${i === 0 ? '' : '   '}${label}\u00a0`, color: COLOUR.muted },
    { text: value, bold },
  ])
}
