export { folderRunStore } from './folderRunStore'
export { findRuns } from './findRuns'
export { withBundledRuns } from './withBundledRuns'
export { writeResults } from './writeResults'
export {
  appendPoint,
  checkpointFolder,
  readExperimentRun,
  readResults,
  trimPoints,
  writeExperimentRun,
  writeResult,
} from './runFolder'
