import type { Content, TableCell } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces'
import type { CaseReport, RivalLine } from '../../domain/report'
import { curveSvg } from './curveSvg'
import { heading, labelledRun, tableHead } from './parts'
import { COLOUR, CONTENT_WIDTH, HAIRLINES } from './theme'

/** The curve of the way and, under it, some of its pictures. */
export function waySection({ curve, strip }: CaseReport): Content {
  const gap = 6
  const width = (CONTENT_WIDTH - gap * 7) / 8
  const stops = strip.map(({ bitsLeft, probability, kept, chosen }, i): Column => ({
    width,
    stack: [
      { image: `stop${i}`, width },
      {
        text: `${bitsLeft} · ${probability}${kept ? '' : ' *'}`,
        fontSize: 6.5,
        alignment: 'center',
        bold: chosen,
        color: kept ? (chosen ? COLOUR.kept : COLOUR.muted) : COLOUR.lost,
        margin: [0, 2, 0, 0],
      },
    ],
  }))
  return {
    stack: [
      heading('The way to the simplified picture'),
      { svg: curveSvg(curve, CONTENT_WIDTH) },
      { columns: stops, columnGap: gap, margin: [0, 6, 0, 0] },
      {
        text: 'Each dot is a stop of the search, which starts from the film with its finest detail weakened; at open red circles the decision was not kept. Pictures with a contrast of their own; under them: share of the film’s bits (one noise draw) · probability of effusion; the chosen one in bold. In red and with *: the decision was not kept.',
        style: 'small',
        margin: [0, 4, 0, 0],
      },
    ],
    unbreakable: true,
  }
}

/** What plain processing of about the same bits does to the decision. */
export function rivalsSection({ rivals, rivalsNote }: CaseReport): Content[] {
  if (rivals.length === 0) return []
  const head = tableHead([
    '',
    'Bits left',
    'Above flat',
    'Decision',
    'Probability',
    'KL, nats',
    'Matching distance',
    'Ratio',
  ])
  const rows = rivals.map((rival, i) => rivalRow(rival, i === 0))
  const section: Content[] = [
    heading('Beside plain processing of about the same bits'),
    {
      table: { widths: ['*', ...Array<string>(7).fill('auto')], headerRows: 1, body: [head, ...rows] },
      layout: HAIRLINES,
    },
    {
      text: `${rivalsNote} A rival that cannot be made so cheap is shown with the bits that it has.`,
      style: 'small',
      margin: [0, 4, 0, 0],
    },
  ]
  return [{ stack: section, unbreakable: true }]
}

function rivalRow(rival: RivalLine, own: boolean): TableCell[] {
  const cell = (text: string, color: string = COLOUR.ink): TableCell => ({
    text,
    style: 'cell',
    alignment: 'right',
    bold: own,
    color,
  })
  return [
    { text: rival.name, style: 'cell', bold: own },
    cell(rival.bitsLeft),
    cell(rival.aboveFlat),
    rival.kept ? cell(rival.decision) : cell(`${rival.decision} *`, COLOUR.lost),
    cell(rival.probability),
    cell(rival.kl),
    cell(rival.matchingDistance),
    cell(rival.ratio),
  ]
}

/** The reader's own words, as typed. */
export function notesSection({ notes }: CaseReport): Content[] {
  const paragraphs = notes.map((text): Content => ({ text: text === '' ? ' ' : text, fontSize: 9, lineHeight: 1.3 }))
  return notes.length === 0 ? [] : [heading('Reader’s notes'), ...paragraphs]
}

/** Models with their hashes, settings, seed, versions. */
export function provenanceSection({ provenance, productVersion }: CaseReport): Content {
  const models = provenance.models.map(({ label, value }): TableCell[] => [
    { text: label, fontSize: 7.2 },
    { text: `sha256 ${value}`, fontSize: 7, color: COLOUR.muted },
  ])
  const small = { fontSize: 7.2, lineHeight: 1.2 }
  return {
    stack: [
      heading('How this result was made'),
      { table: { widths: ['auto', '*'], body: models }, layout: HAIRLINES },
      {
        text: labelledRun([{ label: 'Report by SimpleBits', value: productVersion }, ...provenance.facts]),
        ...small,
        margin: [0, 6, 0, 0],
      },
      {
        text: ['Settings of the search, by their names in audit.json:  ', ...labelledRun(provenance.settings)],
        ...small,
        margin: [0, 4, 0, 0],
      },
    ],
  }
}
