import type { Content, TableCell } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { CohortReport } from '../../domain/report'
import { reliabilitySvg, rocSvg } from './cohortCharts'
import { datedFoot, namedHead, pageSettings } from './page'
import { bulletSection, factGrid, heading } from './parts'
import { COLOUR, CONTENT_WIDTH, HAIRLINES } from './theme'

const GAP = 16
const CHART = (CONTENT_WIDTH - GAP) / 2

/** The report of a cohort as a pdfmake document, A4 upright. */
export function cohortDocument(report: CohortReport): TDocumentDefinitions {
  return {
    ...pageSettings(report),
    header: () => namedHead(report, { name: 'Cohort report' }),
    footer: datedFoot(report),
    content: [
      { text: report.title, bold: true, fontSize: 14, margin: [0, 0, 0, 8] },
      factGrid(report.facts, 3),
      bulletSection('Before you believe a number', report.cautions),
      confusionSection(report),
      ...tableSection('Rates at the threshold', report.rates),
      ...curvesSection(report),
      ...tableSection('By view, sex and age', report.groups),
      ...tableSection('What the simplified pictures still cost: bits of the audited films', report.bits),
      ...tableSection(report.wrong.title, report.wrong.rows, 2),
      bulletSection('How to read this', report.howToRead),
    ],
  }
}

function confusionSection({ confusion }: CohortReport): Content {
  const [hit, missed, alarm, rejected] = confusion
  const cell = (of: CohortReport['confusion'][number] | undefined, wrong: boolean): TableCell => ({
    stack: [
      { text: `${of?.count ?? ''}`, bold: true, fontSize: 13, color: wrong ? COLOUR.lost : COLOUR.ink },
      { text: `${of?.share ?? ''} · ${of?.name ?? ''}`, style: 'label' },
    ],
    margin: [4, 3, 4, 3],
  })
  const side = (text: string): TableCell => ({ text, style: 'label', margin: [0, 8, 6, 0] })
  const top = (text: string): TableCell => ({ text, style: 'label' })
  return {
    stack: [
      heading('Report against classifier'),
      {
        table: {
          widths: ['auto', '*', '*'],
          body: [
            [top(''), top('Classifier: effusion'), top('Classifier: no effusion')],
            [side('Report: effusion'), cell(hit, false), cell(missed, true)],
            [side('Report: no effusion'), cell(alarm, true), cell(rejected, false)],
          ],
        },
        layout: HAIRLINES,
      },
    ],
    unbreakable: true,
  }
}

const ROOMY = { ...HAIRLINES, paddingLeft: (column: number) => (column === 0 ? 0 : 14) }

/** Words in the first `words` columns, figures in the others. */
function tableSection(title: string, rows: CohortReport['rates'], words = 1): Content[] {
  const [headings = [], ...body] = rows
  if (body.length === 0) return []
  const cell = (text: string, column: number, row: readonly string[] | null): TableCell => ({
    text,
    style: row ? 'cell' : 'tableHead',
    fontSize: row ? 8 : 7,
    alignment: column < words ? 'left' : 'right',
    color: row && row[0]?.endsWith('(too few)') ? COLOUR.muted : undefined,
  })
  const table = {
    widths: headings.map((_, column) => (column === words - 1 ? '*' : 'auto')),
    headerRows: 1,
    dontBreakRows: true,
    body: [
      headings.map((text, column) => cell(text, column, null)),
      ...body.map((row) => row.map((text, column) => cell(text, column, row))),
    ],
  }
  const unbreakable = body.length < 12
  return [{ stack: [heading(title), { table, layout: ROOMY }], unbreakable }]
}

function curvesSection({ curves, facts }: CohortReport): Content[] {
  if (!curves.roc || !curves.calibration) return []
  const size = { width: CHART, height: 164 }
  const column = (title: string, drawing: string, caption: string) => ({
    width: CHART,
    stack: [
      { text: title, bold: true, fontSize: 8.5, margin: [0, 0, 0, 3] as [number, number, number, number] },
      { svg: drawing },
      { text: caption, style: 'caption' },
    ],
  })
  const threshold = facts.find(({ label }) => label === 'Threshold')?.value ?? ''
  return [
    {
      stack: [
        heading('How well it separates, and whether its probabilities can be taken at their word'),
        {
          columns: [
            column('ROC', rocSvg(curves, size), `The dot: threshold ${threshold}. Dashed: a coin.`),
            column(
              'Calibration',
              reliabilitySvg(curves, size),
              'Dots on the dashed line: of films with 30 %, three in ten are labelled effusion. Lines: 95 % intervals.',
            ),
          ],
          columnGap: GAP,
        },
      ],
      unbreakable: true,
    },
  ]
}
