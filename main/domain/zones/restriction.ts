import { type AuditRestriction, type RecordedRestriction } from '../../../contract'
import { zoneIndex } from './labelMap'

/**
 * The pixels of the film that a restricted audit leaves as they are.
 *
 * @param labels zone numbers, one a pixel
 * @returns 1 where the film's pixel stays; and how it stands in the record
 */
export function keptBy(
  { mode, zones, mask }: AuditRestriction,
  labels: Uint8Array,
): { keep: Uint8Array; recorded: RecordedRestriction } {
  const wanted = new Set(zones.map(zoneIndex))
  const chosen = mask ?? labels.map((label) => (wanted.has(label) ? 1 : 0))
  const keep = chosen.map((inside) => ((inside !== 0) === (mode === 'keep') ? 1 : 0))
  const pixels = keep.reduce((sum, kept) => sum + kept, 0)
  return { keep, recorded: { mode, zones: [...zones], brushed: mask !== null, pixels } }
}
