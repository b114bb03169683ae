import type { Content, TableCell } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { LabTable } from '../../../contract'
import { contactSheet } from '../../domain/experiments'
import type { RunReport } from '../../domain/report'
import { dataUrl, encodeColour } from '../pictures'
import { factGrid } from './firstPage'
import { bulletSection } from './laterPages'
import { curveOfSteps, tradeOffSvg } from './runCharts'
import { COLOUR, HAIRLINES, PAGE, STYLES } from './theme'

/** A4 on its side: tables of a run are wide. */
const WIDTH = 841.89 - 2 * PAGE.margin
const GAP = 12

/** The report of a run as a pdfmake document. */
export function runDocument(report: RunReport): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [PAGE.margin, PAGE.top, PAGE.margin, PAGE.bottom],
    info: {
      title: report.title,
      creator: `SimpleBits ${report.productVersion}`,
      producer: 'pdfmake',
      subject: report.researchUseOnly,
      creationDate: new Date(report.createdAt),
    },
    language: 'en-GB',
    displayTitle: true,
    version: '1.7',
    styles: STYLES,
    defaultStyle: { font: 'Inter', fontSize: 9, color: COLOUR.ink },
    header: () => head(report),
    footer: (page, pages) => foot(report, page, pages),
    pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
    content: [
      { text: report.title, bold: true, fontSize: 14, margin: [0, 0, 0, 8] },
      factGrid(report.facts, 5),
      ...report.tables.map(resultTable),
      ...tradeOffSection(report),
      ...curvesSection(report),
      ...picturesSection(report),
      bulletSection('How to read this', report.howToRead),
    ],
  }
}

const heading = (text: string): Content => ({ text, style: 'heading', headlineLevel: 1 })

function resultTable({ title, cells }: LabTable, place: number): Content {
  const [headings = [], ...rows] = cells
  const cell = (text: string, column: number, style: 'tableHead' | 'cell'): TableCell => ({
    text,
    style,
    fontSize: style === 'cell' ? 7.5 : 6.5,
    alignment: column === 0 ? 'left' : 'right',
  })
  const body = [
    headings.map((text, column) => cell(text, column, 'tableHead')),
    ...rows.map((row) => row.map((text, column) => cell(text, column, 'cell'))),
  ]
  const widths = headings.map((_, column) => (column === 0 ? 'auto' : '*'))
  return {
    stack: [
      heading(place === 0 ? 'Results' : `Results: ${title}`),
      { table: { widths, headerRows: 1, body, dontBreakRows: true }, layout: HAIRLINES },
    ],
  }
}

function tradeOffSection({ tradeOff }: RunReport): Content[] {
  if (!tradeOff) return []
  const drawing: Content = { svg: tradeOffSvg(tradeOff, { width: WIDTH, height: 210 }) }
  return [{ stack: [heading('Score against bits'), drawing], unbreakable: true }]
}

function curvesSection({ curves }: RunReport): Content[] {
  if (curves.length === 0) return []
  const width = (WIDTH - 2 * GAP) / 3
  const columns = curves.map((curve) => ({ width, svg: curveOfSteps(curve, { width, height: 130 }) }))
  return [{ stack: [heading('Training, a line a cell'), { columns, columnGap: GAP }], unbreakable: true }]
}

function picturesSection({ pictures }: RunReport): Content[] {
  if (pictures.length === 0) return []
  const sheets = pictures.map(({ caption, samples }): Content => {
    const sheet = contactSheet(samples)
    const natural = sheet.width * 0.55
    const fit: [number, number] = [Math.min(WIDTH, natural), 380]
    return {
      stack: [
        { text: caption, style: 'caption', margin: [0, 8, 0, 3] },
        { image: dataUrl(encodeColour(sheet)), fit },
      ],
      unbreakable: true,
    }
  })
  return [heading('Pictures'), ...sheets]
}

function head({ researchUseOnly, name }: RunReport): Content {
  return {
    columns: [
      {
        text: [
          { text: 'SimpleBits', bold: true, fontSize: 12, color: COLOUR.accent },
          { text: `   Training lab ${name}`, fontSize: 9, color: COLOUR.muted },
        ],
      },
      {
        text: researchUseOnly,
        bold: true,
        fontSize: 9,
        color: COLOUR.caution,
        alignment: 'right',
        margin: [0, 2.5, 0, 0],
      },
    ],
    margin: [PAGE.margin, 28, PAGE.margin, 0],
  }
}

function foot({ researchUseOnly, productVersion, createdAt }: RunReport, page: number, pages: number): Content {
  return {
    columns: [
      { text: `${researchUseOnly} · SimpleBits ${productVersion} · ${createdAt.slice(0, 10)}`, width: '*' },
      { text: `page ${page} of ${pages}`, width: 'auto', alignment: 'right' },
    ],
    fontSize: 7.5,
    color: COLOUR.muted,
    margin: [PAGE.margin, 12, PAGE.margin, 0],
  }
}
