export { createWorkstation, type Workstation } from './createWorkstation'
export type { WorkstationDeps } from './deps'
