import type { ShortcutAlarm } from '../../../contract'
import type { AuditMaps } from './zoneBits'

/** Not calibrated yet: no alarm is raised, and none is denied. */
export function alarmOf(_labels: Uint8Array, _maps: AuditMaps): ShortcutAlarm | null {
  return null
}
