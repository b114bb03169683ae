/** The two channels between preload and main side; the payloads are those of contract/workstation.ts. */
export const CALL_CHANNEL = 'workstation:call'
export const EVENT_CHANNEL = 'workstation:event'
