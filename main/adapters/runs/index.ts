export { folderRunStore } from './folderRunStore'
export { findRuns, type FoundRun } from './findRuns'
export { withBundledRuns } from './withBundledRuns'
export { writeResults } from './writeResults'
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
