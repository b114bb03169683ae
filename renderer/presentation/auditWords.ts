import type { AuditRecord, CaseSummary, ModelInfo } from '../../contract'
import { percent } from './words'

/** Said where an audit was made with other weights than those in use: its figures no longer fit today's decision. */
export function outdatedSentence(
  audit: Pick<AuditRecord, 'model' | 'flow'>,
  inUse: readonly ModelInfo[],
): string | null {
  const changed = [audit.model, audit.flow].filter(({ name, sha256 }) =>
    inUse.some((model) => model.name === name && model.sha256 !== sha256),
  )
  if (changed.length === 0) return null
  const names = changed.map(({ name }) => name).join(' and ')
  return `This audit was made with another version of ${names}. What follows is about that version; audit again for today's.`
}

/** Said first of an audit whose search was cut off; null of all others. */
export function stoppedEarlySentence({ stopped }: Pick<AuditRecord, 'stopped'>): string | null {
  return stopped === 'cancelled'
    ? 'This audit was stopped early. A longer search may find a simpler picture: its bits do not compare with those of finished audits.'
    : null
}

/** What a row of the worklist says of the film's last audit. */
interface AuditMark {
  readonly text: string
  readonly lost: boolean
  readonly hint: string | null
}

const PARTIAL = 'Of one part of the film only, or stopped early: not to be compared with audits of the whole film.'
const OTHER_CLASSIFIER: AuditMark = {
  text: 'Other classifier’s audit',
  lost: false,
  hint: 'This audit is about another classifier than the one that decides now, or about another version of it. Audit the film again.',
}

export function auditMark(audit: NonNullable<CaseSummary['audit']>): AuditMark {
  if (!audit.ofClassifierInUse) return OTHER_CLASSIFIER
  const { bitsLeft, decisionKept, whole } = audit
  const text = decisionKept ? `${percent(bitsLeft)} of bits` : 'Decision not kept'
  return { text: whole ? text : `${text}, partial`, lost: !decisionKept, hint: whole ? null : PARTIAL }
}
