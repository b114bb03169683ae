import type { AuditRecord, ZoneView } from '../../../contract'
import { auditedHow, zoneReportOf } from '../../domain/zones'
import type { StoredAudit } from '../../ports'

/** The audit's record with the bits by zone and the alarm that these zones give. */
export function zonedRecord(
  { record, originalMap: original, simplifiedMap: simplified }: StoredAudit,
  { zones, labels }: Pick<ZoneView, 'zones' | 'labels'>,
): AuditRecord {
  const maps = { original, simplified, flatBits: record.flatBits }
  return { ...record, zones: zoneReportOf(zones, labels, { maps, how: auditedHow(record) }) }
}
