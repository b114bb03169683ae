export { pdfReportWriter } from './pdfReportWriter'
