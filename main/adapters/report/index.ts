export { pdfReportWriter, pdfRunReportWriter } from './pdfReportWriter'
