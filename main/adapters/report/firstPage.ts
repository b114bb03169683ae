import type { Content, TableCell } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces'
import type { CaseReport } from '../../domain/report'
import { tableHead } from './parts'
import { colourBar } from './svg'
import { COLOUR, CONTENT_WIDTH, HAIRLINES } from './theme'

const GAP = 12
const PICTURE = (CONTENT_WIDTH - 2 * GAP) / 3

const VERDICT_COLOURS = {
  retained: { colour: COLOUR.kept, panel: COLOUR.keptPanel, ink: COLOUR.ink },
  decision: { colour: COLOUR.caution, panel: COLOUR.cautionPanel, ink: COLOUR.ink },
  lost: { colour: COLOUR.lost, panel: COLOUR.lostPanel, ink: COLOUR.lost },
} as const

/**
 * The outcome first, in words; a decision that was not kept in red. No green above a film that is none for the classifier, nor
 * above a shortcut alarm: both are told here, before the figures.
 */
export function verdictPanel({ verdict, zones }: CaseReport): Content {
  const alarm = zones.alarm.raised ? [zones.alarm.text] : []
  const against = [...alarm, ...verdict.cautions]
  const { colour, panel, ink } =
    VERDICT_COLOURS[verdict.kind === 'retained' && against.length > 0 ? 'decision' : verdict.kind]
  const words: Content[] = [
    { text: verdict.headline, bold: true, fontSize: 14, color: colour, margin: [0, 0, 0, 4] },
    ...against.map((text): Content => ({ text, bold: true, fontSize: 9, lineHeight: 1.25, color: COLOUR.lost })),
    ...verdict.sentences.map((text): Content => ({
      text,
      fontSize: 9,
      lineHeight: 1.25,
      color: ink,
    })),
  ]
  return {
    table: { widths: ['*'], body: [[{ stack: words, margin: [12, 9, 12, 9] }]] },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (i) => (i === 0 ? 3 : 0),
      vLineColor: () => colour,
      fillColor: () => panel,
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => 0,
      paddingBottom: () => 0,
    },
    margin: [0, 0, 0, 10],
  }
}

/** Film | simplified picture | detail left, or in audits of earlier versions bits kept, with its colour bar. */
export function pictureRow({ pictures, verdict }: CaseReport): Content {
  const underSimplified: Content =
    verdict.kind === 'lost'
      ? { text: 'Decision not kept: no explanation of it.', style: 'caption', color: COLOUR.lost, bold: true }
      : {
          text: `128 × 128 pixels, enlarged smoothly; contrast of its own (${windowText(pictures.simplifiedWindow)}).`,
          style: 'caption',
        }
  const column = (image: string, title: string, below: Content): Column => ({
    width: PICTURE,
    stack: [{ text: title, bold: true, fontSize: 8.5, margin: [0, 0, 0, 4] }, { image, width: PICTURE }, below],
  })
  return {
    columns: [
      column('film', 'Film', { text: pictures.filmWindow, style: 'caption' }),
      column('simplified', 'Simplified', underSimplified),
      pictures.detail === null
        ? column('keptMap', 'Bits kept', {
            stack: [
              { svg: colourBar(pictures.scale, PICTURE), margin: [0, 4, 0, 0] },
              {
                text: 'bits per pixel, averaged over neighbours; the film’s scale',
                style: 'label',
                alignment: 'center',
              },
            ],
          })
        : column('detailMap', 'Detail left', {
            stack: [
              { svg: colourBar(pictures.detail.scale, PICTURE, { unit: ' %', numbers: 4 }), margin: [0, 4, 0, 0] },
              { text: 'share of the film’s detail, on a scale of its own', style: 'label', alignment: 'center' },
            ],
          }),
    ],
    columnGap: GAP,
    margin: [0, 12, 0, 0],
  }
}

/** Decisions of two words stand side by side. */
const APART = { ...HAIRLINES, paddingLeft: (column: number) => (column === 0 ? 0 : 10) }

const windowText = ({ center, width }: CaseReport['pictures']['simplifiedWindow']) =>
  `C ${Math.round(center)} · W ${Math.round(width)}`

/** Film against simplified picture, line by line. */
export function comparisonTable({ comparison, comparisonNote, labelNote }: CaseReport): Content {
  const head = tableHead(['', 'Film', 'Simplified'])
  const rows = comparison.map(({ label, film, simplified, alert }): TableCell[] => [
    { text: label, style: 'cell', color: COLOUR.muted },
    { text: film, style: 'cell', alignment: 'right' },
    { text: simplified, style: 'cell', alignment: 'right', bold: true, color: alert ? COLOUR.lost : COLOUR.ink },
  ])
  return {
    stack: [
      { text: 'Before and after', style: 'heading' },
      { table: { widths: ['*', 'auto', 'auto'], headerRows: 1, body: [head, ...rows] }, layout: APART },
      {
        text: labelNote.text,
        fontSize: 8.5,
        lineHeight: 1.2,
        bold: labelNote.disagrees,
        color: labelNote.disagrees ? COLOUR.caution : COLOUR.ink,
        margin: [0, 6, 0, 0],
      },
      { text: comparisonNote, style: 'small', margin: [0, 4, 0, 0] },
    ],
  }
}

/** The retention certificate: sentences, then numbers (mean ± standard deviation, extremes). */
export function certificatePanel({ certificate }: CaseReport): Content {
  const head = tableHead(['', 'Mean ± SD', 'Lowest to highest'])
  const rows = certificate.facts.map(({ label, meanAndSd, range }): TableCell[] => [
    { text: label, style: 'cell', color: COLOUR.muted },
    { text: meanAndSd, style: 'cell', alignment: 'right', noWrap: true },
    { text: range, style: 'cell', alignment: 'right', color: COLOUR.muted, noWrap: true },
  ])
  return {
    stack: [
      { text: 'Retention certificate', style: 'heading' },
      ...certificate.sentences.map((text): Content => ({ text, fontSize: 8.5, lineHeight: 1.2, margin: [0, 0, 0, 3] })),
      { table: { widths: ['*', 'auto', 'auto'], headerRows: 1, body: [head, ...rows] }, layout: HAIRLINES },
      {
        text: `${certificate.spreadNote} ${certificate.distanceNote}`,
        style: 'small',
        margin: [0, 6, 0, 0],
      },
    ],
  }
}
