import { ZONE_NAMES } from './zoneNames'
import type { ZoneBits } from '../zones'

/** The maps of one audit, bits per pixel, and what a flat picture costs in all. */
export interface AuditMaps {
  readonly original: Float32Array
  readonly simplified: Float32Array
  readonly flatBits: number
  /** Where those bits lie; absent in audits of earlier versions, whose flat picture is taken to cost the same everywhere. */
  readonly flat?: Float32Array | undefined
  /** Share of the film's detail that is left, 255 all of it; absent in audits of earlier versions. */
  readonly detail?: Uint8Array | undefined
  /** The same of the finest detail alone; absent in audits of earlier versions. */
  readonly fineDetail?: Uint8Array | undefined
}

/**
 * Bits by zone. The zones are disjoint and cover the picture, so pixels and bits sum to the whole. Bits above flat are a
 * zone's bits less a flat picture's bits there, which are more along the edges of the picture than inside; shares of them can
 * be negative where a zone is simpler than flat.
 *
 * @param labels zone numbers, one a pixel
 */
export function bitsByZone(
  labels: Uint8Array,
  { original, simplified, flatBits, flat, detail }: AuditMaps,
): ZoneBits[] {
  const count = new Float64Array(ZONE_NAMES.length)
  const kept = new Float64Array(ZONE_NAMES.length)
  const film = new Float64Array(ZONE_NAMES.length)
  const empty = new Float64Array(ZONE_NAMES.length)
  const left = new Float64Array(ZONE_NAMES.length)
  labels.forEach((label, i) => {
    count[label] = (count[label] ?? 0) + 1
    kept[label] = (kept[label] ?? 0) + (simplified[i] ?? 0)
    film[label] = (film[label] ?? 0) + (original[i] ?? 0)
    empty[label] = (empty[label] ?? 0) + (flat ? (flat[i] ?? 0) : flatBits / labels.length)
    left[label] = (left[label] ?? 0) + (detail?.[i] ?? 0) / 255
  })
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
  const share = (values: Float64Array, label: number) => {
    const above = total(values) - total(empty)
    const part = (values[label] ?? 0) - (empty[label] ?? 0)
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
    ...(detail && { detail: count[label] ? (left[label] ?? 0) / (count[label] ?? 1) : null }),
  }))
}
