import type { AuditRecord, ZoneView } from '../../../contract'
import { detailOfFrame } from '../../domain/auditRecord'
import { auditedHow, CHEST_DOUBTS, zoneReportOf } from '../../domain/zones'
import type { StoredAudit } from '../../ports'

/**
 * The audit's record with the bits by zone, the alarm and the doubt about the picture that these zones give: outlines which a reader
 * has placed answer a doubt that two lungs were found at all.
 */
export function zonedRecord(
  { record, frames, originalMap: original, simplifiedMap: simplified, flatMap: flat, fineDetail }: StoredAudit,
  { zones, labels, chestDoubt }: Pick<ZoneView, 'zones' | 'labels' | 'chestDoubt'>,
): AuditRecord {
  const detail = detailOfFrame(frames, record.simplified.frame)
  const maps = { original, simplified, flatBits: record.flatBits, flat, detail, fineDetail }
  const others = record.warnings.filter((text) => !CHEST_DOUBTS.includes(text))
  const warnings = chestDoubt === null ? others : [...others, chestDoubt]
  return { ...record, warnings, zones: zoneReportOf(zones, labels, { maps, how: auditedHow(record) }) }
}
