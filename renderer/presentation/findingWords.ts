import type { EffusionSize, Finding, ModelAgreement, StoredFinding } from '../../contract'
import { EFFUSION_WORDS, isEffusion, REASON_WORDS } from '../../contract/shared'
import { capital } from './words'

export interface Choice<T extends string> {
  readonly value: T
  readonly text: string
}

const offered = <T extends string>(values: readonly T[], words: Readonly<Record<T, string>>): readonly Choice<T>[] =>
  values.map((value) => ({ value, text: capital(words[value]) }))

export const effusionChoices = offered(['left', 'right', 'both', 'none', 'uncertain'], EFFUSION_WORDS)
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

export const EMPTY_FINDING: Finding = { effusion: null, size: null, agrees: null, reasons: [], text: '' }

/** What goes with a change: a size only with an effusion, reasons only with an error of the model. */
export function changed(before: Finding, change: Partial<Finding>): Finding {
  const after = { ...before, ...change }
  return {
    ...after,
    size: isEffusion(after.effusion) ? after.size : null,
    reasons: after.agrees === 'no' ? after.reasons : [],
  }
}

const wordOf = <T extends string>(choices: readonly Choice<T>[], value: T | null): string =>
  choices.find((choice) => choice.value === value)?.text ?? '–'

/** A finding line by line, for setting two beside each other. */
export function findingLines({ effusion, size, agrees, reasons, text }: Finding): { label: string; value: string }[] {
  const why = reasonChoices.filter(({ value }) => reasons.includes(value)).map((reason) => reason.text)
  return [
    { label: 'Effusion', value: wordOf(effusionChoices, effusion) },
    { label: 'Size', value: wordOf(sizeChoices, size) },
    { label: 'Agrees with the model', value: wordOf(agreementChoices, agrees) },
    { label: 'Why it erred', value: why.join(', ') || '–' },
    { label: 'Text', value: text.trim() || '–' },
  ]
}

/** "Left, small · disagrees with the model". */
export function findingSummary(finding: Finding): string {
  const [effusion, size, agrees] = findingLines(finding).map(({ value }) => value)
  const seen = size === '–' ? effusion : `${effusion}, ${size?.toLowerCase()}`
  return agrees === '–' ? `${seen}` : `${seen} · agrees with the model: ${agrees?.toLowerCase()}`
}

/** What is still to be answered before the finding can be given, in words. */
export function missingAnswers({ effusion, agrees }: Finding, hasDecision: boolean): string[] {
  return [
    ...(effusion === null ? ['whether you see an effusion'] : []),
    ...(hasDecision && agrees === null ? ['whether you agree with the model'] : []),
  ]
}

export const givenOf = (findings: readonly StoredFinding[]): StoredFinding[] =>
  findings.filter(({ state }) => state === 'given')

/** "25 Nov 2026, 14:02": local time. */
export const timeWords = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
