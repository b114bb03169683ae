export { auditFiles, type AuditedFile, type AuditFilesRequest } from './auditFiles'
export { bitsOfFiles, classifyFiles, type FilesRequest } from './measureFiles'
export { writeSummary } from './writeCase'
export { zonesOfFiles } from './zonesOfFiles'
