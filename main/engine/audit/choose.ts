/** What a picture must hold to for its processing to count as retained. */
export interface RetentionLimits {
  /** Largest |probability − film's probability|. */
  readonly probability: number
  /** Largest matching distance (`Match.distance`). */
  readonly distance: number
}

/** A stop on the way, as far as the choice looks at it. */
export interface Candidate {
  readonly bits: number
  readonly probability: number
  readonly decision: boolean
  readonly distance: number
  readonly kl: number
}

export type Retention =
  /** Decision kept, probability and matching distance within the limits. */
  | 'retained'
  /** Decision kept, but the network uses the picture differently. */
  | 'decision'
  | 'lost'

export function retention(
  candidate: Candidate,
  film: { probability: number; decision: boolean },
  limits: RetentionLimits,
): Retention {
  const shift = Math.abs(candidate.probability - film.probability)
  // Written so that a NaN (a search that ran away) counts as lost.
  const sound = Number.isFinite(candidate.bits) && Number.isFinite(candidate.kl)
  if (!sound || candidate.decision !== film.decision) return 'lost'
  return shift <= limits.probability && candidate.distance <= limits.distance ? 'retained' : 'decision'
}

export interface Choice {
  readonly index: number
  readonly retention: Retention
}

/**
 * The rule: of all stops that retain the processing, the one with the fewest bits; where there is none, of those that at
 * least keep the decision the one with the smallest matching distance; where there is none either, the stop with the
 * smallest KL, marked `lost`. A stop counts only if its decision holds under every noise of the search (`robust`, asked in
 * that order, the first yes is taken).
 */
export function chooseStop(
  stops: readonly Candidate[],
  how: {
    film: { probability: number; decision: boolean }
    limits: RetentionLimits
    robust: (index: number) => boolean
  },
): Choice {
  const graded = stops.map((stop, index) => ({ stop, index, retention: retention(stop, how.film, how.limits) }))
  for (const wanted of ['retained', 'decision'] as const) {
    const found = graded
      .filter((entry) => entry.retention === wanted)
      .sort((a, b) => (wanted === 'retained' ? a.stop.bits - b.stop.bits : a.stop.distance - b.stop.distance))
      .find((entry) => how.robust(entry.index))
    if (found) return { index: found.index, retention: wanted }
  }
  const kl = (stop: Candidate) => (Number.isFinite(stop.kl) ? stop.kl : Infinity)
  const nearest = graded.reduce((best, entry) => (kl(entry.stop) < kl(best.stop) ? entry : best))
  return { index: nearest.index, retention: 'lost' }
}
