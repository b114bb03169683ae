import type { QueueName, ReportLabel } from '../../../contract'

/** What the queues ask about a film. */
export interface ReviewFacts {
  readonly decision: { readonly probability: number; readonly present: boolean } | null
  readonly reportLabel: ReportLabel | null
  readonly audited: boolean
  /** True where the shortcut alarm rang. */
  readonly alarm: boolean
  /** Whether the present reader has given a finding. */
  readonly given: boolean
}

/**
 * How near to the threshold a calibrated probability is called borderline: within ±10 percentage points. Of films given
 * a probability p about p have the finding: of decisions for it about 1 − p are expected to be wrong, of those against it p. At a
 * threshold of 0.5 that is four or five in ten, at a lower one more of the first and fewer of the second. A rule of thumb for
 * what deserves a second look, not a statistical bound.
 */
export const BORDERLINE_MARGIN = 0.1

/** Every queue in which a film stands. `threshold`: of the classifier in use; null where it is not known. */
export function queuesOf(facts: ReviewFacts, threshold: number | null): QueueName[] {
  const { decision, reportLabel, audited, alarm, given } = facts
  const says = decision?.present
  const open = !given
  const stands: Record<QueueName, boolean> = {
    'false-positive': open && says === true && reportLabel === 'no effusion',
    'false-negative': open && says === false && reportLabel === 'effusion',
    borderline: open && decision !== null && threshold !== null && isBorderline(decision.probability, threshold),
    alarm: open && alarm,
    unaudited: !audited,
    done: given,
  }
  return (Object.keys(stands) as QueueName[]).filter((name) => stands[name])
}

// The allowance is for probabilities such as 0.6 − 0.5, which is a little more than 0.1 in binary.
const isBorderline = (probability: number, threshold: number): boolean =>
  Math.abs(probability - threshold) <= BORDERLINE_MARGIN + 1e-9
