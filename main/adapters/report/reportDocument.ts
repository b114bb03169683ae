import type { Content } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { CaseReport } from '../../domain/report'
import { mapsAndLayers } from './bitMaps'
import { findingsSection } from './findingsSection'
import { certificatePanel, comparisonTable, pictureRow, verdictPanel } from './firstPage'
import { keyImagesPage } from './keyImagesPage'
import { notesSection, provenanceSection, rivalsSection, waySection } from './laterPages'
import { pagePictures } from './pagePictures'
import { datedFoot, namedHead, pageSettings } from './page'
import { bulletSection, factGrid } from './parts'
import { COLOUR } from './theme'
import { zonesSection } from './zonesSection'

/** Of the certificate's column, points: the table beside it has longer words. */
const CERTIFICATE = 229

/** The whole report as a pdfmake document. Its metadata name the product and the pseudonym, nothing else. */
export function reportDocument(report: CaseReport): TDocumentDefinitions {
  return {
    ...pageSettings(report),
    images: pagePictures(report),
    header: () => namedHead(report, { name: `Case report ${report.pseudonym}` }),
    footer: datedFoot(report),
    content: [
      verdictPanel(report),
      factGrid(report.identification, 5),
      pictureRow(report),
      {
        columns: [
          { width: '*', ...block(comparisonTable(report)) },
          { width: CERTIFICATE, ...block(certificatePanel(report)) },
        ],
        columnGap: 24,
        unbreakable: true,
      },
      ...warningLines(report),
      mapsAndLayers(report),
      ...zonesSection(report),
      waySection(report),
      ...rivalsSection(report),
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
