import type { EffusionSeen, EffusionSize, ErrorReason, Finding, ModelAgreement, StoredFinding } from '../../contract'

export interface Choice<T extends string> {
  readonly value: T
  readonly text: string
}

export const effusionChoices: readonly Choice<EffusionSeen>[] = [
  { value: 'left', text: 'Left' },
  { value: 'right', text: 'Right' },
  { value: 'both', text: 'Both sides' },
  { value: 'none', text: 'None' },
  { value: 'uncertain', text: 'Uncertain' },
]
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
export const reasonChoices: readonly Choice<ErrorReason>[] = [
  { value: 'device', text: 'Device' },
  { value: 'marker', text: 'Marker' },
  { value: 'positioning', text: 'Positioning' },
  { value: 'other-pathology', text: 'Other pathology' },
  { value: 'poor-film', text: 'Poor film' },
  { value: 'label-wrong', text: 'Label wrong' },
  { value: 'unknown', text: 'Unknown' },
]

export const EMPTY_FINDING: Finding = { effusion: null, size: null, agrees: null, reasons: [], text: '' }

export const hasSize = (effusion: EffusionSeen | null): boolean =>
  effusion === 'left' || effusion === 'right' || effusion === 'both'

/** What goes with a change: a size only with an effusion, reasons only with an error of the model. */
export function changed(before: Finding, change: Partial<Finding>): Finding {
  const after = { ...before, ...change }
  return {
    ...after,
    size: hasSize(after.effusion) ? after.size : null,
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
