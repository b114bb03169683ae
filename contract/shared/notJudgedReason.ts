import type { AuditRecord } from '../audit'
import { isDecisionKept } from './retention'

type Audited = Pick<
  AuditRecord,
  'stopped' | 'decisionKept' | 'certificate' | 'restriction' | 'preset' | 'objective' | 'settings'
>

/** Why an audit has neither shortcut alarm nor all-clear: the reason where its record tells it, else what it takes. Follows a colon. */
export function notJudgedReason(audit: Audited): string {
  if (audit.stopped === 'cancelled') return 'stopped early.'
  if (!isDecisionKept(audit)) return 'the decision was not kept.'
  if (audit.restriction) return 'an audit of one part only.'
  if (audit.preset === 'quick')
    return 'it takes a Standard or Thorough audit; a Quick one leaves structure by chance everywhere.'
  if (audit.objective !== 'activation') return 'it takes the activation match.'
  if (audit.settings['start'] !== 'film') return 'it takes a search by this version that starts from the film.'
  return 'it takes an audit by this version, with the weights that the alarm was set for.'
}
