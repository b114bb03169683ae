import type { BitsGroup, Quartiles } from '../../../contract'
import type { RatedFilm } from './cohortFilm'
import { groupedBy, SMALL_GROUP, viewOf } from './groups'
import { proportionWhere } from './proportion'

interface Choice {
  readonly threshold: number
}

/** Bits of the audited films: all of them, by the classifier's decision, by the report's label, by view. */
export function bitsByGroup(films: readonly RatedFilm[], { threshold }: Choice): BitsGroup[] {
  const audited = films.filter(({ audit }) => audit !== null)
  if (audited.length === 0) return []
  const rows = (by: BitsGroup['by'], of: (film: RatedFilm) => string) =>
    groupedBy(audited, of).map((group) => bitsGroup(by, group))
  return [
    bitsGroup('all', { name: 'all audited films', films: audited }),
    ...rows('decision', ({ probability }) => (probability >= threshold ? 'effusion' : 'no effusion')),
    ...rows('label', ({ positive }) => (positive ? 'effusion' : 'no effusion')),
    ...rows('view', viewOf),
  ]
}

function bitsGroup(by: BitsGroup['by'], group: { name: string; films: readonly RatedFilm[] }): BitsGroup {
  const audits = group.films.flatMap(({ audit }) => audit ?? [])
  return {
    by,
    name: group.name,
    films: group.films.map(({ id }) => id),
    small: group.films.length < SMALL_GROUP,
    decisionKept: proportionWhere(audits, ({ decisionKept }) => decisionKept),
    bitsLeft: quartilesOf(audits.map(({ bitsLeft }) => bitsLeft)),
    aboveFlat: quartilesOf(audits.map(({ aboveFlat }) => aboveFlat)),
  }
}

/** Quartiles, linear between neighbours: at (n − 1)·q (R's type 7). Null of nothing. */
export function quartilesOf(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share
    const below = sorted[Math.floor(place)] ?? 0
    const above = sorted[Math.ceil(place)] ?? below
    return below + (place - Math.floor(place)) * (above - below)
  }
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) }
}
