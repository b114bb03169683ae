import {
  isOutsideFlowRange,
  partWords,
  retentionOf,
  type AuditRecord,
  type PictureFigures,
  type ReportLabel,
} from '../../../contract'
import { betterRivalText } from './betterRivalText'
import type { CaseReport, Comparison, Verdict } from './caseReport'
import { probabilityBeside, thresholdAsProbability, thresholdText } from './thresholdText'
import { bitsText, decimalText, percentText } from '../numbers'

/** The classifier's decision in the words of a report label. */
export function decisionText(probability: number, threshold: number): ReportLabel {
  return probability >= threshold ? 'effusion' : 'no effusion'
}

/**
 * What the report says first. A decision that was not kept is a failed audit and is called so; an audit of one part of the film
 * says first of which.
 *
 * @param warnings what the audit itself warns of, in sentences
 */
export function verdict(record: AuditRecord, warnings: readonly string[]): Omit<Verdict, 'cautions'> {
  const found = verdictOfAll(record, warnings)
  const { restriction } = record
  if (!restriction) return found
  return {
    ...found,
    headline: `${found.headline} (audit of one part only)`,
    sentences: [`This audit is of one part of the film only (${partWords(restriction)}).`, ...found.sentences],
  }
}

function verdictOfAll(record: AuditRecord, warnings: readonly string[]): Omit<Verdict, 'cautions'> {
  const kind = retentionOf(record)
  if (kind === 'lost') return lost(record, warnings)
  const left = percentText(record.simplified.bits / record.original.bits)
  const above = percentText(record.simplified.aboveFlat)
  const { before, film, simplified, threshold } = saidOf(record)
  const price = `${nameOf(record)} calls film and simplified picture ${before} (probability of effusion ${film} and ${simplified}, threshold ${threshold}). The latter holds ${left} of the film’s bits (${above} of its information above a flat picture).`
  const betterRival = betterRivalText(record)
  const kept = betterRival === null ? [price] : [price, betterRival]
  if (kind === 'retained') return { kind, headline: 'Decision kept', sentences: [...kept, ...warnings] }
  return {
    kind,
    headline: 'Decision kept, but not in the same way',
    sentences: [...kept, ...(warnings.length > 0 ? warnings : [USED_DIFFERENTLY])],
  }
}

const USED_DIFFERENTLY =
  'The classifier works on the simplified picture differently from the film. Do not read it as an explanation of the decision.'
const NO_COUNTERPART =
  'The simplified picture does not stand for what the classifier used. Do not read it, or its bit map, as an explanation of the decision.'

const nameOf = ({ model, own }: AuditRecord): string =>
  own ? `The user’s own classifier ${model.name}` : `The classifier ${model.name}`

/** What the classifier says of both, and the figures behind it. */
function saidOf({ original, simplified, threshold }: AuditRecord) {
  const both = [original.probability, simplified.probability] as const
  const [before, after] = both
  return {
    before: `“${decisionText(before, threshold)}”`,
    after: `“${decisionText(after, threshold)}”`,
    film: probabilityBeside(before, threshold),
    simplified: probabilityBeside(after, threshold),
    threshold: thresholdAsProbability(threshold, both),
  }
}

function lost(record: AuditRecord, warnings: readonly string[]): Omit<Verdict, 'cautions'> {
  const { before, after, film, simplified, threshold } = saidOf(record)
  const { kept, of } = record.certificate.draws
  // A choice can be lost under the search's noises that holds under all of the certificate's.
  const under =
    kept === of
      ? `too (${simplified}), but the decision did not hold under every noise of the search`
      : `the same under only ${kept} of ${of} noise draws (${simplified})`
  const how =
    before === after ? `, and the simplified picture ${under}` : ` but the simplified picture ${after} (${simplified})`
  return {
    kind: 'lost',
    headline: 'Decision not kept: this audit failed',
    sentences: [
      `${nameOf(record)} calls the film ${before} (probability of effusion ${film}, threshold ${threshold})${how}.`,
      NO_COUNTERPART,
      ...warnings,
    ],
  }
}

/** Before and after, with what one needs to read it and how the report label compares. */
export function comparison(
  record: AuditRecord,
  label: ReportLabel | null,
): Pick<CaseReport, 'comparison' | 'comparisonNote' | 'labelNote'> {
  const { original, simplified, threshold } = record
  const before = decisionText(original.probability, threshold)
  const after = decisionText(simplified.probability, threshold)
  const row = (name: string, text: (figures: PictureFigures) => string, alert = false): Comparison => ({
    label: name,
    film: text(original),
    simplified: text(simplified),
    alert,
  })
  const rows: Comparison[] = [
    { label: 'Decision', film: before, simplified: after, alert: before !== after },
    row('Probability of effusion', (f) => probabilityBeside(f.probability, threshold)),
    row('Logit', (f) => decimalText(f.logit, 2)),
    row('Bits', (f) => bitsText(f.bits)),
    row('Share of the film’s bits', (f) => percentText(f.bits / original.bits)),
    row(
      'Bits per pixel',
      (f) => decimalText(f.bpd, 2) + (isOutsideFlowRange(f.bpd) ? ' (outside the flow’s range)' : ''),
      isOutsideFlowRange(original.bpd) || isOutsideFlowRange(simplified.bpd),
    ),
    row('Information above a flat picture', (f) => percentText(f.aboveFlat)),
  ]
  return { comparison: rows, comparisonNote: thresholdNote(record), labelNote: labelNote(before, label) }
}

function thresholdNote({ threshold, original, simplified, flatBits }: AuditRecord): string {
  const beside = [original.probability, simplified.probability]
  const from = `${thresholdText(threshold, beside)} (${thresholdAsProbability(threshold, beside)})`
  return `“Effusion” from a probability of ${from}. A flat picture costs ${bitsText(flatBits)} bits. Bits are means over ${original.noiseDraws} noise draws.`
}

function labelNote(decision: ReportLabel, label: ReportLabel | null): CaseReport['labelNote'] {
  if (label === null) return { text: 'No report label is known for this film.', disagrees: false }
  return decision === label
    ? { text: `The report label, “${label}”, agrees with the decision on the film.`, disagrees: false }
    : {
        text: `The report label is “${label}”: the classifier’s decision on the film disagrees with it.`,
        disagrees: true,
      }
}
