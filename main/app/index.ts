export { auditFiles, writeSummary, type AuditedFile, type AuditFilesDeps, type AuditFilesRequest } from './auditFiles'
export type { AuditChoice } from './auditFilm'
export { bitsOfFiles, classifyFiles, type FilesRequest, type MeasuredFiles } from './measureFiles'
export { trainModel, type TrainingOutcome, type TrainingRequest } from './trainModel'
