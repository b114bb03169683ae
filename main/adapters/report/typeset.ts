import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { CaseReport, CohortReport, RunReport } from '../../domain/report'
import { interFiles } from '../fonts'
import { cohortDocument } from './cohortDocument'
import { printable, printableCase } from './printable'
import { reportDocument } from './reportDocument'
import { runDocument } from './runDocument'

export type ReportToSet =
  | { readonly kind: 'case'; readonly report: CaseReport }
  | { readonly kind: 'run'; readonly report: RunReport }
  | { readonly kind: 'cohort'; readonly report: CohortReport }

/** Sets a report in type, A4. Takes a second or more in one go: for a thread of its own (`typesetAside`). */
export async function typeset(request: ReportToSet): Promise<Uint8Array> {
  configure()
  return pdfmake.createPdf(documentOf(request)).getBuffer()
}

/** pdfmake may read the report's own fonts and nothing else: no address and no path in a text can make it fetch or read. */
function configure(): void {
  const fonts = interFiles()
  const allowed = new Set<string>(Object.values(fonts))
  pdfmake.setFonts({ Inter: fonts })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => allowed.has(path))
}

function documentOf({ kind, report }: ReportToSet): TDocumentDefinitions {
  if (kind === 'case') return reportDocument(printableCase(report))
  return kind === 'run' ? runDocument(printable(report)) : cohortDocument(printable(report))
}
