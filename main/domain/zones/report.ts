import { bitsByZone, type AuditMaps, type Zones, type ZoneReport } from '../../../contract'
import { alarmOf } from './alarm'

/** What stands in `audit.json` under `zones`: outlines, bits by zone, alarm. */
export function zoneReportOf(zones: Zones, labels: Uint8Array, maps: AuditMaps): ZoneReport {
  return { zones, bits: bitsByZone(labels, maps), alarm: alarmOf(labels, maps) }
}
