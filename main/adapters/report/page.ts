import type { Content } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import { COLOUR, PAGE, STYLES } from './theme'

/** What every report says of itself. */
export interface ReportPage {
  readonly title: string
  readonly productVersion: string
  readonly researchUseOnly: string
  /** ISO date and time. */
  readonly createdAt: string
}

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
    pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
  } satisfies Partial<TDocumentDefinitions>
}

/** @param name what the report is of, beside the product's name */
export function namedHead({ researchUseOnly }: ReportPage, name: string): Content {
  return {
    columns: [
      {
        text: [
          { text: 'SimpleBits', bold: true, fontSize: 12, color: COLOUR.accent },
          { text: `   ${name}`, fontSize: 9, color: COLOUR.muted },
        ],
      },
      {
        text: researchUseOnly,
        ...{ bold: true, fontSize: 9, color: COLOUR.caution, alignment: 'right', margin: [0, 2.5, 0, 0] },
      },
    ],
    margin: [PAGE.margin, 28, PAGE.margin, 0],
  }
}

/** Research use, version and day on the left, the page's number on the right. */
export function datedFoot({ researchUseOnly, productVersion, createdAt }: ReportPage) {
  return (page: number, pages: number): Content => ({
    columns: [
      { text: `${researchUseOnly} · SimpleBits ${productVersion} · ${createdAt.slice(0, 10)}`, width: '*' },
      { text: `page ${page} of ${pages}`, width: 'auto', alignment: 'right' },
    ],
    fontSize: 7.5,
    color: COLOUR.muted,
    margin: [PAGE.margin, 12, PAGE.margin, 0],
  })
}
