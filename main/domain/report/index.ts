export { buildCaseReport } from './buildReport'
export type * from './caseReport'
export { decisionText } from './findings'
export { pseudonym, reportFileName } from './identification'
