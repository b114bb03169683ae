import type { ShortcutAlarm } from '../../../contract'
import type { AuditMaps } from './zoneBits'

export type AlarmRule = (labels: Uint8Array, maps: AuditMaps) => ShortcutAlarm | null

/** Not calibrated yet: no alarm is raised, and none is denied. */
export const alarmOf: AlarmRule = () => null
