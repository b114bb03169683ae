import { ZONE_NAMES, type ZoneName } from '../../../contract'

/** Zones without anatomy: what a decision should not hang on. */
const OUTSIDE_ANATOMY: readonly ZoneName[] = ['border', 'markers', 'outside']

interface Peak {
  /** Share of the film's fine detail that is left there, 0 … 1. */
  readonly share: number
  /** Index of the pixel, row-major. */
  readonly index: number
  readonly zone: ZoneName
}

/**
 * Where, outside anatomy, most of the film's fine detail is left. A smooth counterpart has nearly none anywhere; a letter or
 * a tag that was kept because the classifier needs it stands out by its edges.
 *
 * @param labels zone numbers, one a pixel
 * @param fineDetail 255 is all of it, one a pixel
 * @returns null where no pixel lies outside anatomy
 */
export function peakOutside(labels: Uint8Array, fineDetail: Uint8Array): Peak | null {
  let highest: Peak | null = null
  labels.forEach((label, index) => {
    const zone = ZONE_NAMES[label]
    if (zone === undefined || !OUTSIDE_ANATOMY.includes(zone)) return
    const share = (fineDetail[index] ?? 0) / 255
    if (highest === null || share > highest.share) highest = { share, index, zone }
  })
  return highest
}
