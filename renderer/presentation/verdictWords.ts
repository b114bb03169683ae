import type { AuditRecord } from '../../contract'
import { partWords, retentionOf, type Judged, type RetentionKind } from '../../contract/shared'
import { decisionWords } from './words'

interface StopDecision {
  /** Probability on the film and at the stop. */
  readonly before: number
  readonly after: number
  readonly threshold: number
  /** What the engine found, over all its noise draws. */
  readonly kept: boolean
  /** The audit simplified one part of the film only. */
  readonly ofOnePart: boolean
}

/** What a stop does to the decision that was made on the film. */
export function keptSentence({ before, after, threshold, kept, ofOnePart }: StopDecision): string {
  const words = decisionWords(after >= threshold)
  const part = ofOnePart ? ' (audit of one part only)' : ''
  if (after >= threshold !== before >= threshold) return `Decision not kept${part}: the classifier now says ${words}.`
  return kept ? `Decision kept${part}: ${words}.` : `Decision not kept${part}: it does not hold under noise.`
}

interface Verdict {
  readonly kind: RetentionKind
  /** The outcome in one sentence, the part first that the audit was restricted to. */
  readonly headline: string
  /** The same, with what it means for whoever reads the picture. */
  readonly text: string
}

/** What has to be said of a finished audit before anything else. */
export function verdictOf(audit: Judged & Pick<AuditRecord, 'restriction'>): Verdict {
  const kind = retentionOf(audit)
  const { draws } = audit.certificate
  // A choice can be lost under the search's noises that holds under all of the certificate's.
  const searchLost = draws.kept === draws.of
  const { headline, text } = {
    retained: { headline: 'Decision kept.', text: 'Decision kept.' },
    decision: {
      headline: 'Decision kept, but not in the same way.',
      text: 'The decision was kept, but not in the same way: the classifier uses the simplified picture differently from the film. Do not read it as an explanation of the decision.',
    },
    lost: {
      headline: searchLost
        ? 'Decision not kept: it did not hold under every noise of the search.'
        : 'Decision not kept.',
      text: `This audit did not keep the decision. The simplified picture is not a valid counterpart of the film (${searchLost ? 'the decision did not hold under every noise of the search' : `same decision in ${draws.kept} of ${draws.of} noise draws`}): do not read it as an explanation.`,
    },
  }[kind]
  const { restriction } = audit
  if (!restriction) return { kind, headline, text }
  const first = (said: string) =>
    `Audit of one part only (${partWords(restriction)}): ${said.charAt(0).toLowerCase()}${said.slice(1)}`
  return { kind, headline: first(headline), text: first(text) }
}
