import type { AuditOutcome, PathPoint } from '../audit'
import { isDecisionKept } from './retention'

/** What of an audit its way is shown with. */
type ReportedOutcome = Pick<AuditOutcome, 'path' | 'simplified' | 'decisionKept' | 'certificate'>

/**
 * The way as it is shown: the chosen stop has the figures of the result, which are means over several noises, and its decision
 * counts as kept where the result's does. The search measured each stop under one noise, and a difference of a rounding would
 * read as two numbers for one picture; its decision without any, and a picture that is no counterpart would look like one.
 */
export function reportedPath(outcome: ReportedOutcome): PathPoint[] {
  const { frame, bits, bpd, aboveFlat, probability } = outcome.simplified
  const decisionKept = isDecisionKept(outcome)
  return outcome.path.map((point) =>
    point.frame === frame ? { ...point, bits, bpd, aboveFlat, probability, decisionKept } : point,
  )
}
