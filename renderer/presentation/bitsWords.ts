import type { BitsGroup, CohortOverview, Proportion } from '../../contract'
import { auditKindWords } from '../../contract/shared'
import { count, thresholdWords } from './words'

/** null: no other threshold is tried. */
interface Thresholds {
  readonly tried: number | null
  readonly own: number
}

const TITLES: Readonly<Record<Exclude<BitsGroup['by'], 'decision'>, string>> = {
  all: '',
  label: 'By report label',
  view: 'By view',
}

/** Over the rows of one part. Bits are told apart by the classifier's own decision, whatever threshold is tried. */
export function bitsTitle(by: BitsGroup['by'], { tried, own }: Thresholds): string {
  if (by !== 'decision') return TITLES[by]
  return tried === null ? 'By decision' : `By the classifier's own decision (from ${thresholdWords(own)})`
}

/** Which audits are counted, and what of them. */
export function bitsOfWords({ others, ...kind }: NonNullable<CohortOverview['bitsOf']>): string {
  const left = others === 0 ? '' : ` (${count(others, 'audit')} of another kind left out)`
  return `Counted: audits with ${auditKindWords(kind)}${left}. Medians and quartiles are over those that kept the decision.`
}

/** "8 of 10 · 2 not kept": audits that kept the decision. */
export function keptWords({ hits, total }: Proportion): string {
  return `${hits} of ${total}${hits === total ? '' : ` · ${total - hits} not kept`}`
}
