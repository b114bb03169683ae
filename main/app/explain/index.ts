export { explainCallsOf } from './explainCalls'
export { ExplainDesk } from './explainDesk'
export { freshClassifier } from './freshClassifier'
export { explainFiles, type ExplainedFile, type ExplainFilesRequest } from './explainFiles'
