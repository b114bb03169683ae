import type { CohortReportWriter, ReportWriter, RunReportWriter } from '../../ports'
import { hashOf, writeAtomic } from '../files'
import { typesetAside } from './typesetAside'

/** Case reports as PDF, A4. */
export const pdfReportWriter: ReportWriter = {
  async write(report, path) {
    const pdf = await typesetAside({ kind: 'case', report })
    await writeAtomic(path, pdf)
    return hashOf(pdf)
  },
}

/** Reports of the training lab's runs as PDF, A4 on its side. */
export const pdfRunReportWriter: RunReportWriter = {
  async write(report, path) {
    await writeAtomic(path, await typesetAside({ kind: 'run', report }))
  },
}

/** Reports of a cohort as PDF, A4. */
export const pdfCohortReportWriter: CohortReportWriter = {
  async write(report, path) {
    await writeAtomic(path, await typesetAside({ kind: 'cohort', report }))
  },
}
