import type { ReviewFacts } from './queues'

/**
 * Confidence × error: +1 for a film on which the model is most surely wrong, 0 at the threshold, −1 where most surely right.
 *
 * confidence = (p − t) / (1 − t) for p ≥ t, (t − p) / t below: distance of the probability p from the threshold t as a share
 * of the room on its side, 0 … 1. error = +1 where decision and report label differ, −1 where they agree.
 *
 * @returns null where there is no decision, no label or no threshold: nothing is known to be wrong
 */
export function wrongness(
  { decision, reportLabel }: Pick<ReviewFacts, 'decision' | 'reportLabel'>,
  threshold: number | null,
): number | null {
  if (decision === null || reportLabel === null || threshold === null) return null
  const { probability, present } = decision
  const room = probability >= threshold ? 1 - threshold : threshold
  const confidence = room > 0 ? Math.min(1, Math.abs(probability - threshold) / room) : 0
  return present === (reportLabel === 'effusion') ? -confidence : confidence
}
