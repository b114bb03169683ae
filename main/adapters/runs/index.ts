export { folderRunStore } from './folderRunStore'
export { findRuns } from './findRuns'
export {
  appendPoint,
  checkpointFolder,
  readExperimentRun,
  readPoints,
  readResults,
  readSamples,
  trimPoints,
  writeExperimentRun,
  writeResult,
} from './runFolder'
