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
  return `This audit was made with another version of ${names}. What follows is about that version; audit the film again for the present one.`
}

/** Said first of an audit whose search was cut off; null of all others. */
export function stoppedEarlySentence({ stopped }: Pick<AuditRecord, 'stopped'>): string | null {
  return stopped === 'cancelled'
    ? 'This audit was stopped early. A longer search may find a simpler picture, so its bits cannot be compared with those of finished audits.'
    : null
}

/** What a row of the worklist says of the film's last audit. */
interface AuditMark {
  readonly text: string
  readonly lost: boolean
  readonly hint: string | null
}

const EARLY = 'This audit was stopped early: do not compare it with finished ones.'
const PART = 'This audit is of one part of the film only: do not compare it with audits of the whole film.'
const OTHER_CLASSIFIER: AuditMark = {
  text: 'Other classifier’s audit',
  lost: false,
  hint: 'This audit is about a different classifier from the one in use, or about another version of it. Audit the film again.',
}

export function auditMark(audit: NonNullable<CaseSummary['audit']>): AuditMark {
  if (!audit.ofClassifierInUse) return OTHER_CLASSIFIER
  const { bitsLeft, decisionKept, whole, stoppedEarly } = audit
  const text = decisionKept ? `${percent(bitsLeft)} of bits` : 'Decision not kept'
  if (whole) return { text, lost: !decisionKept, hint: null }
  const [how, hint] = stoppedEarly ? ['stopped early', EARLY] : ['one part', PART]
  return { text: `${text}, ${how}`, lost: !decisionKept, hint }
}
