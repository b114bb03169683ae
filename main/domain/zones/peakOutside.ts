import { averagedMap, ZONE_NAMES, type AuditMaps, type ZoneName } from '../../../contract'

/** Zones without anatomy: what a decision should not hang on. */
const OUTSIDE_ANATOMY: readonly ZoneName[] = ['border', 'markers', 'outside']

interface Peak {
  /** Density of kept bits, averaged over neighbours as maps are shown: bits per pixel above the flat picture's. */
  readonly bits: number
  /** Index of the pixel, row-major. */
  readonly index: number
  readonly zone: ZoneName
}

/**
 * Where, outside anatomy, kept bits lie most densely. A smooth counterpart costs nearly the same everywhere; a letter or a tag
 * that was kept because the classifier needs it stands out by itself. The flat picture's bits are spread evenly, also where its own
 * map is known: the alarm's threshold was measured so.
 *
 * @param labels zone numbers, one a pixel
 * @returns null where no pixel lies outside anatomy
 */
export function peakOutside(
  labels: Uint8Array,
  { simplified, flatBits }: Pick<AuditMaps, 'simplified' | 'flatBits'>,
): Peak | null {
  const density = averagedMap(simplified)
  const flat = flatBits / labels.length
  let highest: Peak | null = null
  labels.forEach((label, index) => {
    const zone = ZONE_NAMES[label]
    if (zone === undefined || !OUTSIDE_ANATOMY.includes(zone)) return
    const bits = (density[index] ?? 0) - flat
    if (highest === null || bits > highest.bits) highest = { bits, index, zone }
  })
  return highest
}
