export { listRuns } from './listRuns'
export { runExperiment, type RunRequest } from './runExperiment'
