import type { Content } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { CaseReport } from '../../domain/report'
import { findingsSection } from './findingsSection'
import { certificatePanel, comparisonTable, factGrid, pictureRow, verdictPanel } from './firstPage'
import { keyImagesPage } from './keyImagesPage'
import { bulletSection, mapsAndLayers, notesSection, provenanceSection, rivalsSection, waySection } from './laterPages'
import { pagePictures } from './pagePictures'
import { pageSettings } from './page'
import { COLOUR, CONTENT_WIDTH, PAGE } from './theme'
import { zonesSection } from './zonesSection'

/** The whole report as a pdfmake document. Its metadata name the product and the pseudonym, nothing else. */
export function reportDocument(report: CaseReport): TDocumentDefinitions {
  return {
    ...pageSettings(report),
    images: pagePictures(report),
    header: pageHead(report),
    footer: pageFoot(report),
    content: [
      verdictPanel(report),
      factGrid(report.identification, 5),
      pictureRow(report),
      {
        columns: [
          { width: '*', ...block(comparisonTable(report)) },
          { width: '*', ...block(certificatePanel(report)) },
        ],
        columnGap: 24,
      },
      ...warningLines(report),
      mapsAndLayers(report),
      ...zonesSection(report),
      waySection(report),
      rivalsSection(report),
      ...findingsSection(report),
      ...notesSection(report),
      ...keyImagesPage(report),
      {
        columns: [
          { width: '*', ...block(bulletSection('How to read this', report.howToRead)) },
          { width: '*', ...block(bulletSection('What it cannot tell', report.limits)) },
        ],
        columnGap: 24,
        unbreakable: true,
      },
      { ...block(provenanceSection(report)), unbreakable: true },
    ],
  }
}

const block = (content: Content) => ({ stack: [content] })

function warningLines({ warnings }: CaseReport): Content[] {
  return warnings.map((text) => ({
    text: [{ text: 'Note  ', bold: true }, text],
    fontSize: 8,
    color: COLOUR.caution,
    margin: [0, 6, 0, 0],
  }))
}

function pageHead({ researchUseOnly, pseudonym }: CaseReport): () => Content {
  return () => ({
    stack: [
      {
        columns: [
          {
            text: [
              { text: 'SimpleBits', bold: true, fontSize: 12, color: COLOUR.accent },
              { text: `   Case report ${pseudonym}`, fontSize: 9, color: COLOUR.muted },
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
      },
      rule(),
    ],
    margin: [PAGE.margin, 28, PAGE.margin, 0],
  })
}

function pageFoot({
  researchUseOnly,
  createdAt,
  productVersion,
}: CaseReport): (page: number, pages: number) => Content {
  return (page, pages) => ({
    stack: [
      rule(),
      {
        columns: [
          { text: `${researchUseOnly} · SimpleBits ${productVersion} · ${createdAt.slice(0, 10)}`, width: '*' },
          { text: `page ${page} of ${pages}`, width: 'auto', alignment: 'right' },
        ],
        fontSize: 7.5,
        color: COLOUR.muted,
        margin: [0, 4, 0, 0],
      },
    ],
    margin: [PAGE.margin, 8, PAGE.margin, 0],
  })
}

function rule(): Content {
  return {
    canvas: [{ type: 'line', x1: 0, y1: 5, x2: CONTENT_WIDTH, y2: 5, lineWidth: 0.5, lineColor: COLOUR.rule }],
  }
}
