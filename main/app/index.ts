export { ask } from './ask'
export { explainFiles, type ExplainFilesRequest } from './explain'
export {
  auditFiles,
  bitsOfFiles,
  classifyFiles,
  writeSummary,
  zonesOfFiles,
  type AuditedFile,
  type AuditFilesRequest,
  type FilesRequest,
} from './files'
export { runExperiment } from './lab'
export { measureFlow } from './measureFlow'
export { addOwnClassifier, ClassifierInUse, testOwnClassifier } from './ownClassifiers'
export { applyOverrides, trainModel, type TrainedKind, type TrainingRequest } from './trainModel'
export { openGate } from './storeGate'
export { createWorkstation, type Workstation } from './workstation'
