export type { LabContext, LabData, LabDeps } from './deps'
export { labCallsOf } from './labCalls'
export { LabDesk } from './labDesk'
export { runExperiment } from './runExperiment'
