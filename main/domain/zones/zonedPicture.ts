import type { Zones } from '../../../contract'
import { chestDoubt } from './chestDoubt'
import { findZones } from './findZones'
import { labelMap } from './labelMap'
import type { ZonePicture } from './picture'

/** Zones of a picture, as they were placed or else as found here, the zone of every pixel, and whether it is a chest film at all. */
export function zonedPicture(
  picture: ZonePicture,
  placed: Zones | null = null,
): { zones: Zones; labels: Uint8Array; chestDoubt: string | null } {
  const zones = placed ?? findZones(picture)
  const labels = labelMap(picture, zones)
  return { zones, labels, chestDoubt: chestDoubt(picture, zones, labels) }
}
