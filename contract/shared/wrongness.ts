import type { ReportLabel } from '../reportLabel'

/** A film with the word of the classifier and that of the report, as far as there are any. */
interface Said {
  readonly decision: { readonly probability: number; readonly present: boolean } | null
  readonly reportLabel: ReportLabel | null
}

/**
 * Confidence × error: +1 for a film on which the model is most surely wrong, 0 at the threshold, −1 where most surely right.
 *
 * confidence = (p − t) / (1 − t) for p ≥ t, (t − p) / t below: distance of the probability p from the threshold t as a share
 * of the room on its side, 0 … 1: a miss below a low threshold can be as sure an error as a false alarm far above it.
 * error = +1 where decision and report label differ, −1 where they agree.
 *
 * @returns null where there is no decision, no label or no threshold: nothing is known to be wrong
 */
export function wrongness({ decision, reportLabel }: Said, threshold: number | null): number | null {
  if (decision === null || reportLabel === null || threshold === null) return null
  const { probability, present } = decision
  const room = probability >= threshold ? 1 - threshold : threshold
  const confidence = room > 0 ? Math.min(1, Math.abs(probability - threshold) / room) : 0
  return present === (reportLabel === 'effusion') ? -confidence : confidence
}

/** The same where "effusion" is called at `threshold` and above, whatever the classifier's own is. */
export function wrongnessAt(
  { probability, reportLabel }: { readonly probability: number | null; readonly reportLabel: ReportLabel | null },
  threshold: number,
): number | null {
  const decision = probability === null ? null : { probability, present: probability >= threshold }
  return wrongness({ decision, reportLabel }, threshold)
}
