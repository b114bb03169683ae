import type { AuditRecord } from '../audit'
import { isDecisionKept } from './retention'

/** Why an audit has neither shortcut alarm nor all-clear: the reason where its record tells it, else what it takes. Follows a colon. */
export function notJudgedReason(
  audit: Pick<AuditRecord, 'stopped' | 'decisionKept' | 'certificate' | 'restriction'>,
): string {
  if (audit.stopped === 'cancelled') return 'stopped early.'
  if (!isDecisionKept(audit)) return 'the decision was not kept.'
  if (audit.restriction) return 'an audit of one part only.'
  return 'it takes an audit by this version, of the whole film from its start with the activation match, at Standard or Thorough, and with the weights that the alarm was set for.'
}
