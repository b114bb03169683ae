import type { AuditMaps, ShortcutAlarm } from '../../../contract'

export type AlarmRule = (labels: Uint8Array, maps: AuditMaps) => ShortcutAlarm | null

/** Not calibrated yet: no alarm is raised, and none is denied. */
export const alarmOf: AlarmRule = () => null
