import type { AuditRecord, PathPoint } from '../audit'

/** `retained`: decision and processing kept; `decision`: the decision alone; `lost`: not even that, the audit failed. */
export type RetentionKind = 'retained' | 'decision' | 'lost'

/** What of a record its retention rests on. */
export type Judged = Pick<AuditRecord, 'decisionKept' | 'certificate' | 'settings' | 'path' | 'original' | 'simplified'>

/** Whether the chosen stop and every noise draw of the certificate keep the decision. */
export function isDecisionKept({ decisionKept, certificate }: Pick<Judged, 'decisionKept' | 'certificate'>): boolean {
  return decisionKept && certificate.decisionKept
}

/** The stop on the way that was chosen; undefined where the way does not hold it. */
export function chosenPoint({ path, simplified }: Pick<Judged, 'path' | 'simplified'>): PathPoint | undefined {
  return path.find(({ frame }) => frame === simplified.frame)
}

/** Matching distance of the counterpart that was chosen; the certificate's mean where the way does not hold its stop. */
export function matchingDistanceOf(audit: Judged): number {
  return chosenPoint(audit)?.matchingDistance ?? audit.certificate.activationDistance.mean
}

/** By the limits of probability and distance that the audit ran with, which stand in its settings. */
export function retentionOf(audit: Judged): RetentionKind {
  if (!isDecisionKept(audit)) return 'lost'
  const { limitProbability, limitDistance } = audit.settings
  const within = (value: number, limit: unknown) => typeof limit !== 'number' || value <= limit
  const shift = Math.abs(audit.simplified.probability - audit.original.probability)
  const alike = within(shift, limitProbability) && within(matchingDistanceOf(audit), limitDistance)
  return alike ? 'retained' : 'decision'
}
