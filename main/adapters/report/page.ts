import type { Content } from 'pdfmake'
import type { Node, TDocumentDefinitions } from 'pdfmake/interfaces'
import { COLOUR, CONTENT_WIDTH, PAGE, STYLES } from './theme'

/** What every report says of itself. */
interface ReportPage {
  readonly title: string
  readonly productVersion: string
  readonly researchUseOnly: string
  /** ISO date and time. */
  readonly createdAt: string
  /** A warning for head and foot where it names a patient; null or absent: it names none. */
  readonly patientData?: string | null
}

/** Of every part of head and foot: pdfmake counts them among what follows on a page. */
const RUNNING = { headlineLevel: 0 } as const
/** Whether it is something under a heading; other headings are nothing. */
const isBody = ({ headlineLevel }: Node): boolean => headlineLevel === undefined

/** What all reports have in common as pdfmake documents: paper, margins, type, metadata; a heading is never left alone at a page's end. */
export function pageSettings(report: ReportPage) {
  return {
    pageSize: 'A4',
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
    pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && !nodes.getFollowingNodesOnPage().some(isBody),
  } satisfies Partial<TDocumentDefinitions>
}

/** The product and what the report is of, research use on the right, over a rule as wide as the page's content, points. */
export function namedHead(
  { researchUseOnly, patientData }: ReportPage,
  { name, width = CONTENT_WIDTH }: { name: string; width?: number },
): Content {
  const words: Content = {
    ...RUNNING,
    columns: [
      {
        ...RUNNING,
        text: [
          { text: 'SimpleBits', bold: true, fontSize: 12, color: COLOUR.accent },
          { text: `   ${name}`, fontSize: 9, color: COLOUR.muted },
          ...(patientData ? [{ text: `   ${patientData}`, bold: true, fontSize: 9, color: COLOUR.lost }] : []),
        ],
      },
      {
        ...RUNNING,
        width: 'auto',
        text: researchUseOnly,
        bold: true,
        fontSize: 9,
        color: COLOUR.caution,
        alignment: 'right',
        margin: [0, 2.5, 0, 0],
      },
    ],
  }
  return { ...RUNNING, stack: [words, rule(width)], margin: [PAGE.margin, 28, PAGE.margin, 0] }
}

/** Under a rule: research use, version and day on the left, the page's number on the right. */
export function datedFoot(report: ReportPage, width = CONTENT_WIDTH) {
  const { researchUseOnly, productVersion, createdAt, patientData } = report
  const said = [researchUseOnly, `SimpleBits ${productVersion}`, createdAt.slice(0, 10), patientData]
  return (page: number, pages: number): Content => {
    const words: Content = {
      ...RUNNING,
      columns: [
        { ...RUNNING, text: said.filter(Boolean).join(' · '), width: '*' },
        { ...RUNNING, text: `page ${page} of ${pages}`, width: 'auto', alignment: 'right' },
      ],
      fontSize: 7.5,
      color: COLOUR.muted,
      margin: [0, 4, 0, 0],
    }
    return { ...RUNNING, stack: [rule(width), words], margin: [PAGE.margin, 8, PAGE.margin, 0] }
  }
}

const rule = (width: number): Content => ({
  ...RUNNING,
  canvas: [{ type: 'line', x1: 0, y1: 5, x2: width, y2: 5, lineWidth: 0.5, lineColor: COLOUR.rule }],
})
