import type { AuditKind, BitsGroup, Quartiles } from '../../../contract'
import type { CohortAudit, RatedFilm } from './cohortFilm'
import { groupedBy, SMALL_GROUP, viewOf } from './groups'
import { proportionWhere } from './proportion'

interface Choice {
  /** The classifier's own. */
  readonly threshold: number
}

type AuditedFilm = RatedFilm & { readonly audit: CohortAudit }

interface CountedBits {
  readonly groups: BitsGroup[]
  /** Which audits were counted, and how many of another kind were not; null without an audit. */
  readonly of: (AuditKind & { readonly others: number }) | null
}

/**
 * Bits of the audited films: all of them, by the classifier's decision, by the report's label, by view. A preset with
 * more steps or another objective leaves other bits of the same film, so only audits of the most frequent kind count.
 */
export function bitsByGroup(films: readonly RatedFilm[], { threshold }: Choice): CountedBits {
  const audited = films.filter((film): film is AuditedFilm => film.audit !== null)
  const kind = mostFrequentKind(audited)
  if (!kind) return { groups: [], of: null }
  const counted = audited.filter(({ audit }) => isOf(kind, audit))
  const rows = (by: BitsGroup['by'], of: (film: RatedFilm) => string) =>
    groupedBy(counted, of).map((group) => bitsGroup(by, group))
  const groups = [
    bitsGroup('all', { name: 'all audited films', films: counted }),
    ...rows('decision', ({ probability }) => (probability >= threshold ? 'effusion' : 'no effusion')),
    ...rows('label', ({ positive }) => (positive ? 'effusion' : 'no effusion')),
    ...rows('view', viewOf),
  ]
  return { groups, of: { ...kind, others: audited.length - counted.length } }
}

const isOf = ({ preset, objective }: AuditKind, audit: AuditKind): boolean =>
  audit.preset === preset && audit.objective === objective

/** In the order in which they go first where two are equally frequent. */
const KINDS = (['standard', 'thorough', 'quick'] as const).flatMap((preset) =>
  (['activation', 'gradient'] as const).map((objective): AuditKind => ({ preset, objective })),
)

function mostFrequentKind(films: readonly AuditedFilm[]): AuditKind | null {
  const counts = KINDS.map((kind) => ({ kind, films: 0 }))
  for (const { audit } of films) {
    const count = counts.find(({ kind }) => isOf(kind, audit))
    if (count) count.films++
  }
  const most = Math.max(...counts.map(({ films: number }) => number))
  return counts.find(({ films: number }) => number > 0 && number === most)?.kind ?? null
}

function bitsGroup(by: BitsGroup['by'], group: { name: string; films: readonly AuditedFilm[] }): BitsGroup {
  const kept = group.films.filter(({ audit }) => audit.decisionKept)
  return {
    by,
    name: group.name,
    films: group.films.map(({ id }) => id),
    small: group.films.length < SMALL_GROUP,
    decisionKept: proportionWhere(group.films, ({ audit }) => audit.decisionKept),
    bitsLeft: quartilesOf(kept.map(({ audit }) => audit.bitsLeft)),
    aboveFlat: quartilesOf(kept.map(({ audit }) => audit.aboveFlat)),
  }
}

/** Quartiles, linear between neighbours: at (n − 1)·q (R's type 7). Null of nothing. */
export function quartilesOf(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share
    const below = sorted[Math.floor(place)] ?? 0
    const above = sorted[Math.ceil(place)] ?? below
    return below + (place - Math.floor(place)) * (above - below)
  }
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) }
}
