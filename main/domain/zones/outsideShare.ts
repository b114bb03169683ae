import { bitsByZone, ZONE_NAMES, type AuditMaps, type ZoneBits, type ZoneName } from '../../../contract'

/** Zones without anatomy: what a decision should not hang on. */
export const OUTSIDE_ANATOMY: readonly ZoneName[] = ['border', 'markers', 'outside']

/** Share of the bits above flat that lies in border, markers and outside the body: of the counterpart's and of the film's. */
export function outsideShares(
  labels: Uint8Array,
  maps: AuditMaps,
): { share: number | null; filmShare: number | null; rows: ZoneBits[] } {
  const rows = bitsByZone(labels, maps)
  const sum = (pick: (row: ZoneBits) => number | null) => {
    const values = OUTSIDE_ANATOMY.map((zone) => {
      const row = rows[ZONE_NAMES.indexOf(zone)]
      return row ? pick(row) : null
    })
    return values.some((value) => value === null)
      ? null
      : values.reduce<number>((total, value) => total + (value ?? 0), 0)
  }
  return { share: sum(({ share }) => share), filmShare: sum(({ filmShare }) => filmShare), rows }
}
