import { bitsByZone, type AuditMaps, type Zones, type ZoneReport } from '../../../contract'
import { alarmOf, type AuditedHow } from './alarm'

/** What stands in `audit.json` under `zones`: outlines, bits by zone, alarm. */
export function zoneReportOf(
  zones: Zones,
  labels: Uint8Array,
  of: { readonly maps: AuditMaps; readonly how: AuditedHow },
): ZoneReport {
  const { maps, how } = of
  return { zones, bits: bitsByZone(labels, maps), alarm: alarmOf(labels, maps, { how }) }
}
