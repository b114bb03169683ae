export { explainCallsOf } from './explainCalls'
export { ExplainDesk } from './explainDesk'
export { explainFiles, type ExplainFilesRequest } from './explainFiles'
export { testedRecord, type TestChoice } from './testedRecord'
