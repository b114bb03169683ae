export { openGate, type GateDeps } from './openGate'
export { withoutGate } from './withoutGate'
