import type { Content, TableCell } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { LabTable } from '../../../contract'
import { contactSheet } from '../../domain/experiments'
import type { RunReport } from '../../domain/report'
import { dataUrl, encodeColour } from '../pictures'
import { curveOfSteps, tradeOffSvg } from './runCharts'
import { datedFoot, namedHead, pageSettings } from './page'
import { bulletSection, factGrid, heading } from './parts'
import { HAIRLINES, PAGE } from './theme'

/** A4 on its side: tables of a run are wide. */
const WIDTH = 841.89 - 2 * PAGE.margin
const GAP = 12

/** The report of a run as a pdfmake document. */
export function runDocument(report: RunReport): TDocumentDefinitions {
  return {
    ...pageSettings(report),
    pageOrientation: 'landscape',
    header: () => namedHead(report, { name: `Training lab ${report.name}`, width: WIDTH }),
    footer: datedFoot(report, WIDTH),
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
