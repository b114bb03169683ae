import pdfmake from 'pdfmake'
import type { CohortReportWriter, ReportWriter, RunReportWriter } from '../../ports'
import { withLetters } from '../../domain/report'
import { hashOf, writeAtomic } from '../files'
import { interFiles, lettersOf } from '../fonts'
import { cohortDocument } from './cohortDocument'
import { reportDocument } from './reportDocument'
import { runDocument } from './runDocument'

/** pdfmake may read the report's own fonts and nothing else: no address and no path in a text can make it fetch or read. */
function configure(): void {
  const fonts = interFiles()
  const allowed = new Set<string>(Object.values(fonts))
  pdfmake.setFonts({ Inter: fonts })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => allowed.has(path))
}

/** Case reports as PDF, A4. */
export const pdfReportWriter: ReportWriter = {
  async write(report, path) {
    configure()
    const printable = withLetters(report, lettersOf(interFiles().normal))
    const pdf = await pdfmake.createPdf(reportDocument(printable)).getBuffer()
    await writeAtomic(path, pdf)
    return hashOf(pdf)
  },
}

/** Reports of the training lab's runs as PDF, A4 on its side. */
export const pdfRunReportWriter: RunReportWriter = {
  async write(report, path) {
    configure()
    const pdf = await pdfmake.createPdf(runDocument(report)).getBuffer()
    await writeAtomic(path, pdf)
  },
}

/** Reports of a cohort as PDF, A4. */
export const pdfCohortReportWriter: CohortReportWriter = {
  async write(report, path) {
    configure()
    const pdf = await pdfmake.createPdf(cohortDocument(report)).getBuffer()
    await writeAtomic(path, pdf)
  },
}
