import type { EffusionSize, Finding, ModelAgreement, StoredFinding } from '../../contract'
import { EFFUSION_WORDS, isEffusion, REASON_WORDS } from '../../contract/shared'
import { aboutWords, type Deciding } from './aboutWords'
import { capital } from './words'

export interface Choice<T extends string> {
  readonly value: T
  readonly text: string
}

const offered = <T extends string>(values: readonly T[], words: Readonly<Record<T, string>>): readonly Choice<T>[] =>
  values.map((value) => ({ value, text: capital(words[value]) }))

/** Right before left, as they lie on a film that is hung as usual. */
export const effusionChoices = offered(['right', 'left', 'both', 'none', 'uncertain'], EFFUSION_WORDS)
export const sizeChoices: readonly Choice<EffusionSize>[] = [
  { value: 'small', text: 'Small' },
  { value: 'moderate', text: 'Moderate' },
  { value: 'large', text: 'Large' },
]
export const agreementChoices: readonly Choice<ModelAgreement>[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
  { value: 'unsure', text: 'Unsure' },
]
export const reasonChoices = offered(
  ['device', 'marker', 'positioning', 'other-pathology', 'poor-film', 'label-wrong', 'unknown'],
  REASON_WORDS,
)

/** What goes with a change: a size only with an effusion, reasons only with an error of the classifier. */
export function changed(before: Finding, change: Partial<Finding>): Finding {
  const after = { ...before, ...change }
  return {
    ...after,
    size: isEffusion(after.effusion) ? after.size : null,
    reasons: after.agrees === 'no' ? after.reasons : [],
  }
}

/** What an answer and the agreement with the classifier say against each other; null where they go together. Never a bar. */
export function contradictionWords({ effusion, agrees }: Finding, says: boolean | null): string | null {
  const sees = isEffusion(effusion) ? true : effusion === 'none' ? false : null
  if (sees === null || says === null || (agrees === 'yes') === (sees === says)) return null
  if (agrees === 'yes')
    return sees
      ? 'You see an effusion; the classifier says none.'
      : 'You see no effusion; the classifier says there is one.'
  if (agrees === 'no')
    return sees ? 'You see an effusion, as the classifier says.' : 'You see no effusion, as the classifier says.'
  return null
}

const wordOf = <T extends string>(choices: readonly Choice<T>[], value: T | null): string =>
  choices.find((choice) => choice.value === value)?.text ?? '–'

type Version = Pick<StoredFinding, 'finding' | 'about'>

interface FindingLine {
  readonly label: string
  readonly value: string
  /** Said of the classifier, not of the film. */
  readonly ofModel: boolean
}

/** A finding line by line, for setting two beside each other; an agreement with another classifier than `decides` says so. */
export function findingLines({ finding, about }: Version, decides: Deciding | null): FindingLine[] {
  const { effusion, size, agrees, reasons, text } = finding
  const why = reasonChoices.filter(({ value }) => reasons.includes(value)).map((reason) => reason.text)
  const other = agrees && aboutWords(about, decides)
  const answer = wordOf(agreementChoices, agrees)
  return [
    { label: 'Effusion', value: wordOf(effusionChoices, effusion), ofModel: false },
    { label: 'Size', value: wordOf(sizeChoices, size), ofModel: false },
    { label: 'Agrees with the classifier', value: other ? `${answer}, ${other}` : answer, ofModel: true },
    { label: 'Why it erred', value: why.join(', ') || '–', ofModel: true },
    { label: 'Text', value: text.trim() || '–', ofModel: false },
  ]
}

/** "Left, small · agrees with the classifier: no". */
export function findingSummary(version: Version, decides: Deciding | null): string {
  const [effusion, size, agrees] = findingLines(version, decides).map(({ value }) => value)
  const seen = size === '–' ? effusion : `${effusion}, ${size?.toLowerCase()}`
  return agrees === '–' ? `${seen}` : `${seen} · agrees with the classifier: ${agrees?.toLowerCase()}`
}

/** What is still to be answered before the finding can be given, in words. */
export function missingAnswers({ effusion, agrees }: Finding, hasDecision: boolean): string[] {
  return [
    ...(effusion === null ? ['whether you see an effusion'] : []),
    ...(hasDecision && agrees === null ? ['whether you agree with the classifier'] : []),
  ]
}

export const givenOf = (findings: readonly StoredFinding[]): StoredFinding[] =>
  findings.filter(({ state }) => state === 'given')

/** "25 Nov 2026, 14:02": local time. */
export const timeWords = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
