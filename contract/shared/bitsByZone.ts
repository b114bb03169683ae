import { ZONE_NAMES } from './zoneNames'
import type { ZoneBits } from '../zones'

/** The maps of one audit, bits per pixel, and what a flat picture costs in all. */
export interface AuditMaps {
  readonly original: Float32Array
  readonly simplified: Float32Array
  readonly flatBits: number
}

/**
 * Bits by zone. The zones are disjoint and cover the picture, so pixels and bits sum to the whole. Bits above flat are a
 * zone's bits less its area's part of a flat picture's bits; shares of them can be negative where a zone is simpler than flat.
 *
 * @param labels zone numbers, one a pixel
 */
export function bitsByZone(labels: Uint8Array, { original, simplified, flatBits }: AuditMaps): ZoneBits[] {
  const count = new Float64Array(ZONE_NAMES.length)
  const kept = new Float64Array(ZONE_NAMES.length)
  const film = new Float64Array(ZONE_NAMES.length)
  labels.forEach((label, i) => {
    count[label] = (count[label] ?? 0) + 1
    kept[label] = (kept[label] ?? 0) + (simplified[i] ?? 0)
    film[label] = (film[label] ?? 0) + (original[i] ?? 0)
  })
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
  const share = (values: Float64Array, label: number) => {
    const above = total(values) - flatBits
    const part = (values[label] ?? 0) - (flatBits * (count[label] ?? 0)) / labels.length
    return above > 0 ? part / above : null
  }
  return ZONE_NAMES.map((zone, label) => ({
    zone,
    pixels: count[label] ?? 0,
    area: (count[label] ?? 0) / labels.length,
    bits: kept[label] ?? 0,
    filmBits: film[label] ?? 0,
    share: share(kept, label),
    filmShare: share(film, label),
  }))
}
