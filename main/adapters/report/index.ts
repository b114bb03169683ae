export { pdfCohortReportWriter, pdfReportWriter, pdfRunReportWriter } from './pdfReportWriter'
