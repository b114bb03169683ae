import type { CustomTableLayout, Style } from 'pdfmake'

/** The page: A4, points. */
export const PAGE = { width: 595.28, margin: 42, top: 60, bottom: 44 } as const
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin

export const COLOUR = {
  ink: '#17212b',
  muted: '#5a6773',
  rule: '#d3dae0',
  accent: '#0b6e8a',
  kept: '#1d7a4c',
  keptPanel: '#eef7f1',
  lost: '#b3261e',
  lostPanel: '#fdeeec',
  caution: '#8a5a00',
  cautionPanel: '#fdf6e7',
} as const

export const STYLES: Record<string, Style> = {
  heading: { fontSize: 10.5, bold: true, color: COLOUR.ink, margin: [0, 12, 0, 5] },
  label: { fontSize: 7, color: COLOUR.muted },
  caption: { fontSize: 7.5, color: COLOUR.muted, margin: [0, 4, 0, 0] },
  small: { fontSize: 7.5, color: COLOUR.muted, lineHeight: 1.2 },
  tableHead: { fontSize: 7, color: COLOUR.muted },
  /** Figures of one width (OpenType tnum), so that columns of numbers line up. */
  cell: { fontSize: 8.5, fontFeatures: ['tnum'] },
}

/** Tables with hairlines between rows only. */
export const HAIRLINES: CustomTableLayout = {
  hLineWidth: (i, node) => (i === 0 || i === node.table.body.length ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => COLOUR.rule,
  paddingLeft: (column) => (column === 0 ? 0 : 6),
  paddingRight: () => 0,
  paddingTop: () => 3,
  paddingBottom: () => 3,
}
